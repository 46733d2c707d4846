package dev.bindery.host.checkpoint;

import dev.bindery.host.Host;
import dev.bindery.host.embedded.EmbeddedHost;
import java.nio.file.Path;

/** A process whose host makes a change and ends in the middle of it, as if it had been killed. */
final class EndingHost {
    static final int ENDED = 77;

    private EndingHost() {}

    /**
     * @param arguments folder, change, checkpoint
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Checkpoint last = Checkpoint.valueOf(arguments[2]);
        Host host = EmbeddedHost.start(Change.options(folder));
        host.awaitSettled();
        Checkpoint.watch(checkpoint -> {
            if (checkpoint == last) {
                Runtime.getRuntime().halt(ENDED);
            }
        });
        Change.valueOf(arguments[1]).make(host, folder);
        Runtime.getRuntime().halt(0);
    }
}
