package dev.bindery.host.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What starts a child process; anything that speaks the binding protocol will do. */
@FunctionalInterface
public interface ChildCommand {
    /**
     * The program and its arguments. Other users of the machine can read them, so no secret may be
     * among them.
     *
     * @param scratch the child's own temporary folder, where the command may leave a file for it
     */
    List<String> line(Path scratch) throws IOException;
}
