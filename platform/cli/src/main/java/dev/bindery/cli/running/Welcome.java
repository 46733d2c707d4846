package dev.bindery.cli.running;

import dev.bindery.api.Capability;
import dev.bindery.cli.shell.Shell;
import dev.bindery.host.BindingState;
import dev.bindery.host.Host;
import dev.bindery.host.ServedModel;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/**
 * Says that a host is ready, and what to try next with what it serves.
 *
 * @param asksForKeys whether its clients have to show an API key
 */
record Welcome(Host host, Shell shell, String version, boolean asksForKeys) {
    void print(String address) {
        PrintWriter out = shell.out();
        out.printf("Bindery %s ready on %s%n", version, address);
        long failed =
                host.bindings().list().stream()
                        .filter(binding -> binding.state() == BindingState.FAILED)
                        .count();
        if (failed > 0) {
            out.printf(
                    "%d binding%s not serve; why says: %s list%n",
                    failed, failed == 1 ? " does" : "s do", shell.command());
        }
        model().ifPresent(model -> suggest(model, address));
        out.printf("%nDrop bindings into %s%n", host.home().bindings());
        out.flush();
    }

    /** What curl trusts is not known here, so over TLS only the command is suggested. */
    private void suggest(String model, String address) {
        if (address.startsWith("https:")) {
            shell.out().printf("%nTry:  %s%s chat%n", key(), shell.command());
            return;
        }
        String header =
                asksForKeys ? " \\\n        -H \"Authorization: Bearer $BINDERY_API_KEY\"" : "";
        shell.out()
                .printf(
                        """

                        Try:  curl %s/v1/chat/completions -H 'Content-Type: application/json'%s \\
                                -d '{"model": "%s", "stream": true,
                                     "messages": [{"role": "user", "content": "Hello!"}]}'
                        or:   %s%s chat
                        """,
                        address, header, model, key(), shell.command());
    }

    private String key() {
        return asksForKeys ? "BINDERY_API_KEY=KEY " : "";
    }

    private Optional<String> model() {
        List<ServedModel> models = host.models().models();
        return models.stream()
                .map(ServedModel::id)
                .filter(DefaultModel.NAME::equals)
                .findFirst()
                .or(() ->
                        models.stream()
                                .filter(model -> model.capabilities().contains(Capability.CHAT))
                                .map(ServedModel::id)
                                .findFirst());
    }
}
