package dev.bindery.api;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import org.apiguardian.api.API;

/**
 * What the host gives one instance of a binding: the guide's {@code config, lollms_paths,
 * installation_option, lollmsCom}. Valid until {@link LlmBinding#stop()} has returned.
 */
@API(status = API.Status.STABLE, since = "1.0")
public interface BindingContext {
    /** The instance's name, by which its models are addressed: {@code instance/model}. */
    String instance();

    /** The binding's card. */
    BindingCard card();

    /** The settings in force; an immutable snapshot. */
    TypedConfig config();

    /** How much installing the operator allows. */
    InstallOption installOption();

    /** The instance's own folder; it exists, is writable, and survives updates. */
    Path dataDirectory();

    /** The binding's folder for model files, shared by its instances; it exists and is writable. */
    Path modelsDirectory();

    /** A logger named after the instance. Secrets of the settings are masked in what it writes. */
    System.Logger logger();

    /** Fetches packages and files. */
    PackageManager packages();

    /**
     * Threads for the binding's own background work; they end with the instance. Prefer it to
     * threads of your own.
     */
    ExecutorService executor();

    /** The models of other instances. */
    Models models();

    /** Messages for the operator. */
    Notifications notifications();
}
