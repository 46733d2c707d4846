package dev.bindery.binding.lollms;

import dev.bindery.api.BindingException;
import dev.bindery.http.HttpSettings;
import dev.bindery.http.ImageLimit;
import dev.bindery.http.UpstreamOptions;
import java.util.List;

/** The instance's settings; config.yaml says what each is for. */
record LollmsSettings(
        String baseUrl,
        String apiKey,
        String mode,
        String messageTemplate,
        String answerTemplate,
        List<String> stopTexts,
        int maxTokens,
        int seed,
        int maxImageWidth) {
    LollmsSettings {
        if (!messageTemplate.contains("{text}")) {
            throw new IllegalArgumentException(
                    "message_template: it needs {text}, where the message's text goes, as in \"!@>{role}: {text}\"");
        }
    }

    /**
     * @throws BindingException INVALID_REQUEST naming the setting that cannot be used
     */
    UpstreamOptions upstream(HttpSettings http) {
        UpstreamOptions.Builder options = http.to(baseUrl).errors(LollmsErrors.RULES);
        if (!apiKey.isBlank()) {
            options.header("Authorization", "Bearer " + apiKey.strip());
        }
        return options.build();
    }

    /** Whether conversations are written with the templates. */
    boolean templates() {
        return mode.equals("chat");
    }

    ImageLimit imageLimit() {
        return new ImageLimit(maxImageWidth);
    }

    /** The address only: values may be secrets. */
    @Override
    public String toString() {
        return "LollmsSettings[" + baseUrl.replaceAll("//[^/@]*@", "//***@") + "]";
    }
}
