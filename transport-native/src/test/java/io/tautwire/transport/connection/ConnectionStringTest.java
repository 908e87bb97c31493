package io.tautwire.transport.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionStringTest {
    @Test
    void givesTheDefaultsOfWhatIsLeftOut() {
        final ConnectionString uri = ConnectionString.parse("tcp://localhost");
        assertEquals(Scheme.TCP, uri.scheme());
        assertEquals(Side.CLIENT, uri.side());
        assertEquals(List.of(new HostPort("localhost", 9007)), uri.hosts());
        assertEquals("", uri.user());
        assertEquals("", uri.password());
        assertEquals("tautwire", uri.protocol());
        assertEquals(List.of(), uri.messageTypes());
        assertEquals("", uri.messageType());
        assertTrue(uri.tcpNoDelay());
        assertEquals(TimeUnit.SECONDS.toNanos(5), uri.connectTimeoutNs());
        assertEquals(TimeUnit.SECONDS.toNanos(5), uri.logonTimeoutNs());
        assertEquals(Io.AUTO, uri.io());
        assertEquals(1 << 20, uri.maxFrame());
        assertNull(uri.path());
        assertNull(uri.name());
        assertFalse(uri.isGiven(ConnectionOption.TCP_NODELAY));
    }

    @Test
    void givesWhatTheStringSays() {
        final ConnectionString uri = ConnectionString.parse("tcp://al%3Aice:p%40s:s+w@a:1,[fe80::1%25eth0]:2"
                + "/tautwire/my%2Ftype"
                + "?tcp_nodelay=false&connect_timeout=250ms&logon_timeout=2m&io=nio&max_frame=64k&name=pricer%201");
        assertEquals("al:ice", uri.user());
        assertEquals("p@s:s+w", uri.password());
        assertEquals(List.of(new HostPort("a", 1), new HostPort("fe80::1%eth0", 2)), uri.hosts());
        assertEquals("my/type", uri.messageType());
        assertFalse(uri.tcpNoDelay());
        assertEquals(TimeUnit.MILLISECONDS.toNanos(250), uri.connectTimeoutNs());
        assertEquals(TimeUnit.MINUTES.toNanos(2), uri.logonTimeoutNs());
        assertEquals(Io.NIO, uri.io());
        assertEquals(65_536, uri.maxFrame());
        assertEquals("pricer 1", uri.name());
        assertTrue(uri.isGiven(ConnectionOption.NAME));
    }

    @Test
    void readsATokenAsUserOrPassword() {
        assertEquals("eyJh.e30.x", ConnectionString.parse("tcp://eyJh.e30.x@h").user());
        final ConnectionString uri = ConnectionString.parse("tcp://:eyJh.e30.x@h");
        assertEquals("", uri.user());
        assertEquals("eyJh.e30.x", uri.password());
    }

    @Test
    void saysThatAMissingStringIsMissing() {
        for (final String none : new String[] {null, "", " "}) {
            final ConnectionStringException e =
                    assertThrows(ConnectionStringException.class, () -> ConnectionString.parse(none));
            assertTrue(e.getMessage().contains("the uri is empty"), e::getMessage);
        }
    }

    @Test
    void refusesALongStringWithoutRepeatingIt() {
        final String uri = "tcp://localhost?name=" + "x".repeat(9_000);
        final ConnectionStringException e =
                assertThrows(ConnectionStringException.class, () -> ConnectionString.parse(uri));
        assertTrue(e.getMessage().length() < 200, e::getMessage);
    }

    @Test
    void replacesThePortOfAListener() {
        final ConnectionString uri = ConnectionString.parseListener("tcp://[::1]:0/tautwire/json,fix?io=nio");
        assertEquals(
                "tcp://[::1]:41234/tautwire/json,fix?io=nio",
                uri.withPort(41_234).toString());
        assertThrows(IllegalArgumentException.class, () -> uri.withPort(65_536));
    }

    @Test
    void equalsWhateverSaysTheSame() {
        final ConnectionString uri = ConnectionString.parse("tcp://a?io=nio&name=x");
        assertEquals(uri, ConnectionString.parse("tcp://a:9007/tautwire?name=%78&io=nio"));
        assertEquals(
                uri.hashCode(),
                ConnectionString.parse("tcp://a:9007/?name=x&io=nio").hashCode());
        assertNotEquals(uri, ConnectionString.parse("tcp://a?name=x"));
        assertNotEquals(ConnectionString.parse("tcp://a:b@h"), ConnectionString.parse("tcp://a:c@h"));
    }

    @Test
    void buildsWhatItWouldParse() {
        final ConnectionString built = ConnectionString.builder(Scheme.TCP)
                .user("al:ice")
                .password("p@s/?#%[ü")
                .host("a", 1)
                .host("fe80::1%eth0", 2)
                .host("[::1]")
                .messageType("my/type,1")
                .option(ConnectionOption.TCP_NODELAY, false)
                .option(ConnectionOption.CONNECT_TIMEOUT, Duration.ofMillis(250))
                .option(ConnectionOption.MAX_FRAME, 65_536)
                .option(ConnectionOption.NAME, "a&b=c?d@e")
                .build();
        assertEquals(
                ConnectionString.parse("tcp://al%3Aice:p%40s%2F%3F%23%25%5B%C3%BC@a:1,[fe80::1%25eth0]:2,[::1]"
                        + "/tautwire/my%2Ftype%2C1?tcp_nodelay=false&connect_timeout=250ms"
                        + "&max_frame=65536&name=a%26b%3Dc%3Fd%40e"),
                built);
        assertEquals("p@s/?#%[ü", built.password());
        assertEquals("a&b=c?d@e", built.name());
    }

    @Test
    void saysAtTheEndWhatWasBuiltWrong() {
        final ConnectionStringBuilder builder = ConnectionString.builder(Scheme.UNIX)
                .user("alice")
                .password("half \uD800 a pair")
                .host("evil@x/?path=y")
                .option(ConnectionOption.TCP_NODELAY, true);
        final ConnectionStringException e = assertThrows(ConnectionStringException.class, builder::buildListener);
        assertEquals(5, e.faults().size(), e::getMessage);
        assertFalse(builder.toString().contains("pair"), builder::toString);
    }

    @Test
    void readsDurations() {
        assertEquals(1_000_000, Durations.parseNs("1ms"));
        assertEquals(TimeUnit.DAYS.toNanos(1), Durations.parseNs("1440m"));
        for (final String bad : List.of("", "5", "0ms", "-1s", "1h", "1.5s", "86401s", "5 s", "5S", "99999999999s")) {
            assertThrows(IllegalArgumentException.class, () -> Durations.parseNs(bad), bad);
        }
    }
}
