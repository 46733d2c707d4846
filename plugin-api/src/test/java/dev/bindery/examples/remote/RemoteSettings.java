package dev.bindery.examples.remote;

import java.net.URI;
import java.util.Optional;

record RemoteSettings(URI baseUrl, Optional<String> apiKey, int timeoutS) {
    RemoteSettings {
        if (!baseUrl.isAbsolute()) {
            throw new IllegalArgumentException("base_url: begin with http:// or https://");
        }
    }
}
