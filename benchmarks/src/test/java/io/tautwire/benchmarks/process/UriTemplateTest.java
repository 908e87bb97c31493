package io.tautwire.benchmarks.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriTemplateTest {
    @ParameterizedTest
    @ValueSource(strings = {"tcp://127.0.0.1:0", "tcp://[::1]:0/tautwire/json?io=nio", "unix:///", "unix:///?io=nio"})
    void wantsAServerWithoutAPlace(String uri) {
        assertEquals(true, new UriTemplate(uri).wantsServer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://host", "tcp://host:10", "tcp://u@h:9000,h:9001/?io=nio", "unix:///?io=nio&path=/a"})
    void wantsNoneWhereOneIsNamed(String uri) {
        assertEquals(false, new UriTemplate(uri).wantsServer());
    }

    @Test
    void givesEachSideItsOptions() {
        final UriTemplate template =
                new UriTemplate("tcp://127.0.0.1:0/tautwire/json?io=nio&connect_timeout=2s&tcp_nodelay=false");
        assertEquals("tcp://127.0.0.1:0/tautwire/json?io=nio&tcp_nodelay=false", template.listener(Map.of()));
        assertEquals(
                "tcp://127.0.0.1:77/tautwire/json?io=nio&connect_timeout=2s&tcp_nodelay=false",
                template.client(77, Map.of()));
    }

    @Test
    void addsOptionsWithTheirCharactersEncoded() {
        final UriTemplate template = new UriTemplate("unix://");
        assertEquals("unix:///?path=a%26b%20c", template.listener(Map.of("path", "a&b c")));
        assertEquals("unix:///?path=a%26b%20c", template.client(0, Map.of("path", "a&b c")));
    }

    @Test
    void leavesAnUnknownOptionToTheParser() {
        assertEquals("tcp://h:0/?io_=1", new UriTemplate("tcp://h:0?io_=1").listener(Map.of()));
    }

    @Test
    void refusesWhatHasNoScheme() {
        assertThrows(IllegalArgumentException.class, () -> new UriTemplate("127.0.0.1:0"));
    }
}
