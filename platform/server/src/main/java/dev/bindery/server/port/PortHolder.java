package dev.bindery.server.port;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which program listens at an address, where Linux tells it: of the processes of the same user, or
 * of all for root. Elsewhere, and of others, nothing is known.
 *
 * @param process the process' number
 * @param name its program's name, as {@code ps} shows it
 */
public record PortHolder(long process, String name) {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";
    private static final int LOCAL = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final int WORD = 4;

    /** Who listens there now. */
    public static Optional<PortHolder> of(InetSocketAddress address) {
        return of(address, PROC);
    }

    /**
     * @param proc where the kernel shows its processes and sockets
     */
    static Optional<PortHolder> of(InetSocketAddress address, Path proc) {
        Set<String> sockets =
                Stream.of("tcp", "tcp6")
                        .flatMap(table -> lines(proc.resolve("net").resolve(table)).stream())
                        .map(line -> line.strip().split("\\s+", -1))
                        .filter(fields -> fields.length > INODE)
                        .filter(fields -> fields[STATE].equals(LISTENING))
                        .filter(fields -> isThere(fields[LOCAL], address))
                        .map(fields -> "socket:[" + fields[INODE] + "]")
                        .collect(Collectors.toSet());
        return sockets.isEmpty() ? Optional.empty() : holder(sockets, proc);
    }

    private static boolean isThere(String local, InetSocketAddress address) {
        int colon = local.indexOf(':');
        try {
            if (HexFormat.fromHexDigits(local.substring(colon + 1)) != address.getPort()) {
                return false;
            }
            InetAddress listening = address(local.substring(0, Math.max(0, colon)));
            return listening.isAnyLocalAddress()
                    || address.getAddress().isAnyLocalAddress()
                    || listening.equals(address.getAddress());
        } catch (IllegalArgumentException | UnknownHostException _) {
            return false;
        }
    }

    /** The kernel writes each four bytes as a number of this machine, the lowest byte first. */
    private static InetAddress address(String hex) throws UnknownHostException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int word = 0; word + WORD <= bytes.length; word += WORD) {
            swap(bytes, word, word + 3);
            swap(bytes, word + 1, word + 2);
        }
        return InetAddress.getByAddress(bytes);
    }

    private static void swap(byte[] bytes, int one, int other) {
        byte kept = bytes[one];
        bytes[one] = bytes[other];
        bytes[other] = kept;
    }

    private static Optional<PortHolder> holder(Set<String> sockets, Path proc) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, sockets)) {
                    return Optional.of(new PortHolder(number(process), name(process)));
                }
            }
        } catch (IOException | RuntimeException _) {
            // There is no such folder here, or it cannot be understood: nothing is known.
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (isOneOf(file, sockets)) {
                    return true;
                }
            }
        } catch (IOException | RuntimeException _) {
            // Another user's process, or one that has just ended.
        }
        return false;
    }

    private static boolean isOneOf(Path file, Set<String> sockets) {
        try {
            return sockets.contains(Files.readSymbolicLink(file).toString());
        } catch (IOException _) {
            return false;
        }
    }

    private static long number(Path process) {
        return Long.parseLong(String.valueOf(process.getFileName()));
    }

    private static String name(Path process) {
        return String.join("", lines(process.resolve("comm"))).replaceAll("\\p{Cntrl}", "?");
    }

    private static List<String> lines(Path file) {
        try {
            return List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", 0));
        } catch (IOException _) {
            return List.of();
        }
    }

    @Override
    public String toString() {
        return "%s (process %d)".formatted(name, process);
    }
}
