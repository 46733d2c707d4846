package dev.bindery.host.instance;

import dev.bindery.api.ConfigTemplate;
import dev.bindery.host.HostException;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.document.AtomicFiles;
import dev.bindery.host.document.DocumentException;
import dev.bindery.host.document.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The configured instances: what stands in {@code conf/instances/}, with the secrets of {@code
 * secrets/}. The files are the truth; this reads them, and changes them as one whole. Thread-safe.
 */
public final class InstanceStore {
    private final Path folder;
    private final SecretStore secrets;
    private final PairedFiles files;
    private final InstanceSettings settings;
    private final Map<String, InstanceConfig> configs = new TreeMap<>();
    private final Map<String, String> problems = new TreeMap<>();

    public InstanceStore(Path folder, Path secretFolder, Map<String, String> environment) {
        this.folder = folder;
        this.secrets = new SecretStore(secretFolder);
        this.files = new PairedFiles(folder, secrets);
        References references =
                new References(
                        secretFolder, environment, name -> name.startsWith("BINDERY_SECRET_"));
        this.settings = new InstanceSettings(folder, secrets, references);
    }

    /** Ends the change that the end of an earlier host has broken off; before anything is read. */
    public synchronized void finish() {
        files.finish();
    }

    /** The configured instances. */
    public synchronized List<InstanceConfig> all() {
        return List.copyOf(configs.values());
    }

    public synchronized Optional<InstanceConfig> find(String name) {
        return Optional.ofNullable(configs.get(name));
    }

    /** The files of the configured instances, also of those whose file is no longer there. */
    public synchronized List<Path> files() {
        return configs.keySet().stream().map(name -> folder.resolve(name + ".yaml")).toList();
    }

    /** What is wrong with files that cannot be taken, by the instance's name. */
    public synchronized Map<String, String> problems() {
        return Map.copyOf(problems);
    }

    /** What is wrong with the instance's file; the configuration before stays in force then. */
    public synchronized Optional<String> problem(String name) {
        return Optional.ofNullable(problems.get(name));
    }

    /** Reads the instance's file as it is now, if it has one. */
    public void refresh(String name) {
        Path file = folder.resolve(name + ".yaml");
        if (InstanceFile.isName(name) && Files.exists(file)) {
            read(file);
        }
    }

    /** Takes back what was read from a file, unless it has changed again. */
    public synchronized void reject(
            InstanceConfig config, Optional<InstanceConfig> before, String problem) {
        if (!config.equals(configs.get(config.name()))) {
            return;
        }
        before.ifPresentOrElse(
                good -> configs.put(config.name(), good), () -> configs.remove(config.name()));
        String file = "conf/instances/" + config.name() + ".yaml";
        problems.put(config.name(), problem.startsWith(file) ? problem : file + ": " + problem);
    }

    /**
     * Reads a file that is new or has changed; one that is wrong leaves what was read before.
     *
     * @return the instance's name
     */
    public synchronized String read(Path file) {
        String fileName = file.getFileName().toString();
        String name = fileName.substring(0, fileName.length() - ".yaml".length());
        String called = "conf/instances/" + fileName;
        try {
            if (!InstanceFile.isName(name)) {
                throw new DocumentException(noName(called));
            }
            configs.put(name, InstanceFile.parse(name, called, YamlText.read(called, file)));
            problems.remove(name);
        } catch (DocumentException e) {
            problems.put(name, String.valueOf(e.getMessage()));
        } catch (NoSuchFileException _) {
            // It was removed before it could be read; that it is gone is heard next.
        } catch (IOException e) {
            problems.put(name, "%s cannot be read: %s".formatted(called, e));
        }
        return name;
    }

    private static String noName(String found) {
        return found
                + "; an instance's name has 1 to 40 lower case letters, digits, '-', '_' and '.', beginning with a letter";
    }

    /**
     * Forgets a file that is gone; its secrets stay until the instance is removed by command.
     *
     * @return false when it is back by now, and so is not forgotten
     */
    public synchronized boolean forget(Path file) {
        if (Files.exists(file)) {
            return false;
        }
        String fileName = file.getFileName().toString();
        String name = fileName.substring(0, fileName.length() - ".yaml".length());
        configs.remove(name);
        problems.remove(name);
        return true;
    }

    /**
     * Prepares a change: checks it against the template without writing anything.
     *
     * @param before the instance as it is, perhaps implicit
     */
    public Draft draft(InstanceConfig before, InstanceChange change, ConfigTemplate template) {
        if (!InstanceFile.isName(before.name())) {
            throw HostException.invalid(noName("found the name `%s`".formatted(before.name())));
        }
        // Secrets that a removed file of this name has left behind are no new instance's.
        boolean isNew = find(before.name()).isEmpty();
        return Draft.of(before, isNew ? Secrets.NONE : secrets(before.name()), change, template);
    }

    /** Writes a draft, its file and its secrets as one. */
    public synchronized void commit(Draft draft) throws IOException {
        InstanceConfig config = draft.config();
        String text;
        try {
            text = InstanceText.of(folder.resolve(config.name() + ".yaml"), config);
        } catch (DocumentException e) {
            throw HostException.invalid("conf/instances/" + e.getMessage() + "; correct it first");
        }
        files.write(config.name(), text, draft.secrets());
        configs.put(config.name(), config);
        problems.remove(config.name());
    }

    /**
     * @throws HostException when that is no name for an instance, or one of a file that is there
     */
    public synchronized void checkFree(String name) {
        if (!InstanceFile.isName(name)) {
            throw HostException.invalid(noName("found the name `%s`".formatted(name)));
        }
        if (configs.containsKey(name)
                || problems.containsKey(name)
                || Files.exists(folder.resolve(name + ".yaml"))) {
            throw taken(name);
        }
    }

    /** There is an instance of that name already. */
    public static HostException taken(String name) {
        return new HostException(
                HostException.Kind.CONFLICT,
                "there is an instance %s already; take another name, or remove it first"
                        .formatted(name));
    }

    /** Writes into an instance's file what follows from its name, before that changes. */
    public synchronized void settle(InstanceConfig config) throws IOException {
        Path file = folder.resolve(config.name() + ".yaml");
        AtomicFiles.write(file, InstanceText.of(file, config));
    }

    /** Moves an instance to another name; the files as one change for who reads them here. */
    public synchronized InstanceConfig move(InstanceConfig config, String to, InstanceMove move)
            throws IOException {
        move.move(config.name(), to);
        InstanceConfig moved = config.named(to);
        configs.remove(config.name());
        problems.remove(config.name());
        configs.put(to, moved);
        return moved;
    }

    /** What the instances' settings come to. */
    public InstanceSettings settings() {
        return settings;
    }

    /** The secrets of an instance. */
    public Secrets secrets(String name) {
        return secrets.read(name);
    }

    /** Removes an instance's file and secrets. */
    public synchronized void remove(String name) throws IOException {
        files.delete(name);
        configs.remove(name);
        problems.remove(name);
    }
}
