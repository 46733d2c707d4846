package dev.bindery.host.artifact;

/**
 * What a jar may be like, against zip bombs and mistakes.
 *
 * @param entries the most entries
 * @param unpackedBytes the most bytes of all entries together, unpacked
 * @param ratio how many times larger than the jar its unpacked entries may be, once they exceed a
 *     megabyte
 * @param cardBytes the most bytes of config.yaml
 */
public record StagingLimits(int entries, long unpackedBytes, int ratio, int cardBytes) {
    /** Room for large bindings with native libraries. */
    public static final StagingLimits DEFAULT =
            new StagingLimits(50_000, 4L << 30, 100, 256 * 1024);
}
