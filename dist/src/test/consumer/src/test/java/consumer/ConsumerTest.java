package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tautwire.client.Client;
import io.tautwire.client.MessageStream;
import io.tautwire.server.Server;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ConsumerTest {
    @Test
    void getsWhatItPublishes() throws Exception {
        try (Server server = Server.builder().listen("tcp://127.0.0.1:0").start();
                Client client = Client.connect(server.listeners().get(0).uri().toString(), "consumer");
                MessageStream trades = client.stream("trades/#")) {
            client.publication("trades/BTCUSD").publish("{\"px\":800.01}");
            client.publishFlush(Duration.ofSeconds(30));
            assertEquals("trades/BTCUSD", trades.poll(Duration.ofSeconds(30)).topic());
        }
    }
}
