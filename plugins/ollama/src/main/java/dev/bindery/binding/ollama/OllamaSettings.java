package dev.bindery.binding.ollama;

import dev.bindery.api.BindingException;
import dev.bindery.http.HttpSettings;
import dev.bindery.http.ImageLimit;
import dev.bindery.http.UpstreamOptions;
import java.util.regex.Pattern;

/** The instance's settings; config.yaml says what each is for. */
record OllamaSettings(
        String baseUrl,
        String apiKey,
        String mode,
        int contextSize,
        int maxTokens,
        int seed,
        String keepAlive,
        int maxImageWidth) {
    private static final Pattern DURATION =
            Pattern.compile("|-?[0-9]+|-?([0-9]+(\\.[0-9]+)?(ns|us|µs|ms|s|m|h))+");

    OllamaSettings {
        if (!DURATION.matcher(keepAlive.strip()).matches()) {
            throw new IllegalArgumentException(
                    "keep_alive: \"%s\" is no duration; write 30m, 2h45m, a number of seconds, or -1 for ever"
                            .formatted(keepAlive));
        }
    }

    /**
     * @throws BindingException INVALID_REQUEST naming the setting that cannot be used
     */
    UpstreamOptions upstream(HttpSettings http) {
        UpstreamOptions.Builder options = http.to(baseUrl).errors(OllamaErrors.RULES);
        if (!apiKey.isBlank()) {
            options.header("Authorization", "Bearer " + apiKey.strip());
        }
        return options.build();
    }

    /** Whether a bare prompt goes to the model as it is. */
    boolean raw() {
        return mode.equals("raw");
    }

    ImageLimit imageLimit() {
        return new ImageLimit(maxImageWidth);
    }

    /** The address only: values may be secrets. */
    @Override
    public String toString() {
        return "OllamaSettings[" + baseUrl.replaceAll("//[^/@]*@", "//***@") + "]";
    }
}
