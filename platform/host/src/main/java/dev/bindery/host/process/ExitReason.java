package dev.bindery.host.process;

/** How a process ended, in words. */
final class ExitReason {
    private static final int SIGNALLED = 128;
    private static final int OUT_OF_MEMORY = 3;

    private ExitReason() {}

    static String of(int exitValue) {
        return switch (exitValue) {
            case SIGNALLED + 4 -> "signal 4 (illegal instruction)";
            case SIGNALLED + 6 -> "signal 6 (abort)";
            case SIGNALLED + 9 -> "signal 9 (killed, perhaps for want of memory)";
            case SIGNALLED + 11 -> "signal 11 (segmentation fault)";
            case SIGNALLED + 15 -> "signal 15 (terminated)";
            case OUT_OF_MEMORY -> "exit code 3 (a JVM out of memory ends so)";
            default ->
                    exitValue > SIGNALLED && exitValue < SIGNALLED + 65
                            ? "signal " + (exitValue - SIGNALLED)
                            : "exit code " + exitValue;
        };
    }
}
