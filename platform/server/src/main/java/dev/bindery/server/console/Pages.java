package dev.bindery.server.console;

import dev.bindery.server.session.Session;

/** The pages for people: the console, and, without any script, those around it. */
final class Pages {
    private static final String CONSOLE = Assets.page("console.html");

    private static final String LOGIN =
            """
            <p>To log in, run <code>bindery open</code> in a terminal of the machine that the host
            runs on; <code>bindery open --url URL</code> from another one.</p>
            """;

    private static final String APIS =
            """
            <h2>The APIs</h2>
            <table>
            <tr><td>OpenAI, Anthropic<td><code>/v1</code>
            <tr><td>Ollama<td><code>/api</code>
            <tr><td>LoLLMs<td><code>/lollms_generate</code> and its others
            <tr><td>Figures<td><code>/metrics</code>
            <tr><td>Health<td><code>/healthz</code>, <code>/readyz</code>
            <tr><td>Operators<td><code>/admin/v1</code>
            </table>
            <p>From a terminal, <code>bindery chat</code> talks to a model, and
            <code>bindery list</code> shows what there is.</p>
            """;

    private Pages() {}

    static String stranger() {
        return page(
                "Bindery is running",
                "<p>You are not logged in. A session ends with the host, when it is logged out, and after"
                        + " a while without a request.</p>\n"
                        + LOGIN
                        + APIS,
                "");
    }

    /** The console itself, with what its changes have to show. */
    static String console(Session session) {
        return CONSOLE.replace("${csrf}", session.csrfToken());
    }

    /** Goes on to the root by itself: a cookie that was just set is shown to its own site only. */
    static String welcome() {
        return page(
                "Bindery: logged in",
                "<p><a href=\"/\">Go on</a></p>\n",
                "<meta http-equiv=\"refresh\" content=\"0; url=/\">\n");
    }

    static String invalidCode() {
        return page(
                "Bindery: this address no longer logs in",
                "<p>It works once, and for one minute.</p>\n" + LOGIN,
                "");
    }

    static String goodbye() {
        return page("Bindery: logged out", LOGIN, "");
    }

    private static String page(String title, String content, String head) {
        return """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        %s<link rel="icon" href="/console/icon.svg">
        <link rel="stylesheet" href="/console/console.css">
        <title>%s</title>
        <body class="plain">
        <h1>%s</h1>
        %s\
        """
                .formatted(head, title, title, content);
    }
}
