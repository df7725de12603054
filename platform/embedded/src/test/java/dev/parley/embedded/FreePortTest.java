package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortTest {

    private static final int PORTS = 30;

    @Test
    void findsNoneThatSomebodyListensOn() throws IOException {
        int port = FreePort.find();
        try (ServerSocket listening = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 100; i++) {
                assertThat(FreePort.find()).isNotEqualTo(listening.getLocalPort());
            }
        }
    }

    @Test
    void findsForNobodyWhatItHasFoundForAnother() throws Exception {
        Set<Integer> own = new HashSet<>();
        for (int i = 0; i < PORTS; i++) {
            own.add(FreePort.find());
        }
        assertThat(own).hasSize(PORTS);

        for (int i = 0; i < PORTS; i++) {
            assertThat(block(findAsAnother())).isNotEqualTo(block(FreePort.find()));
        }
    }

    @Test
    void holdsTheBlockThatItsPortsAreFrom() throws IOException {
        int first = block(FreePort.find());
        for (int i = 0; i < 2 * FreePort.BLOCK; i++) {
            assertThat(FreePort.find()).isGreaterThan(first).satisfies(port -> assertThat(block(port))
                    .isEqualTo(first));
        }

        assertThatThrownBy(() -> new ServerSocket(first, 1, InetAddress.getLoopbackAddress()))
                .isInstanceOf(BindException.class);
    }

    private static int block(int port) {
        return port - (port - FreePort.FIRST) % FreePort.BLOCK;
    }

    /** With a class of its own, as in another process; each holds another block of ports. */
    private static int findAsAnother() throws IOException, ReflectiveOperationException {
        URL classes = FreePort.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader another = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            Method find = another.loadClass(FreePort.class.getName()).getMethod("find");
            return (int) find.invoke(null);
        } catch (InvocationTargetException failure) {
            throw new IOException(failure.getCause());
        }
    }
}
