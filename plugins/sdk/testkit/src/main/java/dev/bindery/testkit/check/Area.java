package dev.bindery.testkit.check;

import java.util.List;

/**
 * Checks that belong together.
 *
 * @param name what they are about
 */
public record Area(String name, List<Check> checks) {
    public Area {
        checks = List.copyOf(checks);
    }

    static Area of(String name, Check... checks) {
        return new Area(name, List.of(checks));
    }

    /** All there are, in the order in which they are best run. */
    public static List<Area> all() {
        return List.of(
                JarChecks.AREA,
                LifeChecks.AREA,
                ModelChecks.AREA,
                AnswerChecks.AREA,
                CapabilityChecks.AREA,
                UndeclaredChecks.AREA,
                GrowingSetChecks.AREA,
                CancellationChecks.AREA,
                TokenChecks.AREA,
                EmbeddingChecks.AREA,
                StreamChecks.AREA,
                ErrorChecks.AREA,
                SettingChecks.AREA,
                HostChecks.AREA,
                LimitChecks.AREA,
                SecretChecks.AREA,
                LeakChecks.AREA);
    }
}
