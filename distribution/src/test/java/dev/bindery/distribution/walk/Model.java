package dev.bindery.distribution.walk;

import dev.bindery.distribution.sequence.SequenceJar;
import java.util.Map;
import java.util.TreeMap;

/** What a host must be like. For one thread. */
final class Model {
    static final String UNLUCKY = "1.0.13";

    final Map<String, Binding> bindings = new TreeMap<>();
    final Map<String, Instance> instances = new TreeMap<>();

    /** One binding, whose jar may be there or not. */
    static final class Binding {
        final String id;
        final String isolation;
        final String swap;
        boolean enabled = true;

        /** Whether it has an instance of its own name, unless one of that name is configured. */
        boolean hasImplicit;

        boolean isThere;
        boolean isWhole;
        String version = "";
        String serving = "";

        /** What has served last: better than one that does not start. */
        private String good = "";

        Binding(String id, String isolation, String swap) {
            this.id = id;
            this.isolation = isolation;
            this.swap = swap;
        }

        SequenceJar jar(String version) {
            return new SequenceJar(id, version, isolation, swap);
        }

        boolean serves() {
            return !serving.isEmpty();
        }

        /** A whole jar of that version lies in the folder now. */
        void put(String version) {
            this.version = version;
            isThere = true;
            isWhole = true;
            bringInLine();
        }

        void bringInLine() {
            if (!enabled || !isThere) {
                serving = "";
                return;
            }
            if (!version.equals(UNLUCKY)) {
                good = version;
            }
            serving = good;
        }

        /** A new host knows of a damaged jar only what has served. */
        void reread() {
            if (isThere && !isWhole) {
                version = good;
            }
        }

        void removed() {
            isThere = false;
            isWhole = false;
            version = "";
            good = "";
            bringInLine();
        }

        String state() {
            if (serves()) {
                return "ACTIVE";
            }
            return enabled ? "FAILED" : "DISABLED";
        }

        /** What a list shows as its version. */
        String shown() {
            return serves() ? serving : version;
        }
    }

    /** One instance. */
    static final class Instance {
        final String name;
        final Binding binding;
        boolean implicit;
        String live = "a";
        String fresh = "a";

        Instance(String name, Binding binding, boolean implicit) {
            this.name = name;
            this.binding = binding;
            this.implicit = implicit;
        }
    }

    void add(Binding binding) {
        bindings.put(binding.id, binding);
    }

    /** A binding without any instance gets one of its own name, and keeps it. */
    void fillIn(Binding binding) {
        boolean any = instances.values().stream().anyMatch(one -> one.binding == binding);
        binding.hasImplicit |= !any;
        if (binding.isThere && binding.hasImplicit) {
            instances.putIfAbsent(binding.id, new Instance(binding.id, binding, true));
        }
    }

    /** The jar is gone, and with it the instances that nobody has configured. */
    void removed(Binding binding) {
        binding.removed();
        instances.values().removeIf(one -> one.binding == binding && one.implicit);
    }
}
