package dev.bindery.binding.managed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A server in a process of its own that has the suite's upstream answer: {@code port upstream}, the
 * port that it listens at and the one that it passes everything on to. What one side closes is
 * closed for the other, so that both see each other leave.
 */
final class Relay {
    private Relay() {}

    public static void main(String[] words) throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        int upstream = Integer.parseInt(words[1]);
        try (ServerSocket server = new ServerSocket(Integer.parseInt(words[0]), 64, here)) {
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> join(client, here, upstream));
            }
        }
    }

    private static void join(Socket client, InetAddress here, int upstream) {
        try (client;
                Socket server = new Socket(here, upstream)) {
            Thread back = Thread.ofVirtual().start(() -> pass(server, client));
            pass(client, server);
            back.join();
        } catch (IOException | InterruptedException _) {
            // the client sees that its connection is closed
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // one of them is gone, and now the other is
        }
    }
}
