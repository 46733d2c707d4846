package dev.bindery.server.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PortTest {
    private static final String TABLE_HEAD =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid"
                    + "  timeout inode\n";
    private static final String REST = " 00000000:00000000 00:00000000 00000000  1000        0 ";

    @TempDir Path proc;

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells who holds a port")
    void whoHoldsAPortIsSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = (InetSocketAddress) taken.getLocalSocketAddress();
            assertThatThrownBy(() -> Port.checkFree(address))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(
                            "cannot listen on 127.0.0.1:" + address.getPort() + ": ")
                    .hasMessageEndingWith(
                            "; it is held by java (process %d)"
                                    .formatted(ProcessHandle.current().pid()));
            assertThat(PortHolder.of(at("0.0.0.0", address.getPort()))).isPresent();
            assertThat(PortHolder.of(at("127.0.0.2", address.getPort()))).isEmpty();
        }
    }

    @Test
    void aFreePortIsNobodys() {
        assertThatCode(() -> Port.checkFree(at("127.0.0.1", 0))).doesNotThrowAnyException();
        assertThat(PortHolder.of(at("127.0.0.1", 1))).isEmpty();
    }

    private void process(long number, String name, String... files) throws IOException {
        Path process = proc.resolve(String.valueOf(number));
        Path open = Files.createDirectories(process.resolve("fd"));
        Files.writeString(process.resolve("comm"), name + "\n");
        for (int i = 0; i < files.length; i++) {
            Files.createSymbolicLink(open.resolve(String.valueOf(i)), Path.of(files[i]));
        }
    }

    private void table(String name, String... lines) throws IOException {
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(
                proc.resolve("net").resolve(name), TABLE_HEAD + String.join("\n", lines) + "\n");
    }

    @Test
    void theSocketThatListensThereLeadsToItsProcess() throws Exception {
        table(
                "tcp",
                "   0: 0100007F:2580 00000000:0000 0A" + REST + "111 1 ffff 100 0",
                "   1: 0100007F:2581 0100007F:9999 01" + REST + "222 1 ffff 100 0",
                "garbage");
        table(
                "tcp6",
                "   0: 00000000000000000000000000000000:2582 00000000000000000000000000000000:0000"
                        + " 0A"
                        + REST
                        + "333 1 ffff",
                "   1: 00000000000000000000000001000000:2583 00000000000000000000000000000000:0000"
                        + " 0A"
                        + REST
                        + "444 1 ffff");
        process(10, "other", "/dev/null", "socket:[222]");
        process(11, "old host", "pipe:[111]", "socket:[111]");
        process(12, "six", "socket:[333]", "socket:[444]");

        assertThat(PortHolder.of(at("127.0.0.1", 0x2580), proc))
                .hasToString("Optional[old host (process 11)]");
        assertThat(PortHolder.of(at("127.0.0.1", 0x2581), proc)).as("not listening").isEmpty();
        assertThat(PortHolder.of(at("127.0.0.1", 0x2582), proc))
                .as("on every address")
                .hasToString("Optional[six (process 12)]");
        assertThat(PortHolder.of(at("::1", 0x2583), proc)).isPresent();
        assertThat(PortHolder.of(at("127.0.0.1", 0x2583), proc)).isEmpty();
    }

    @Test
    void whereTheSystemTellsNothingNothingIsSaid() throws Exception {
        assertThat(PortHolder.of(at("127.0.0.1", 80), proc)).isEmpty();
        table("tcp", "   0: 0100007F:2580 00000000:0000 0A" + REST + "111 1 ffff 100 0");
        assertThat(PortHolder.of(at("127.0.0.1", 0x2580), proc)).as("another's").isEmpty();
    }
}
