package dev.bindery.distribution.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bindery.distribution.LiveHost;
import dev.bindery.distribution.SampleJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleIT {
    private static final String CARD = "article[data-binding=%s]";

    @TempDir private static Path folder;
    private static LiveHost host;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = Browser.installed();
        assumeTrue(program.isPresent(), Browser.MISSING);
        host = LiveHost.start(folder.resolve("home"));
        browser = Browser.start(program.get(), folder.resolve("profile"));
    }

    @BeforeEach
    void login() throws Exception {
        browser.open(host.address() + loginPath());
        browser.await("document.querySelector('article') !== null");
    }

    private static String loginPath() throws Exception {
        return LiveHost.json(host.ask("POST", "login", new byte[0]).body()).path("path").asString();
    }

    @AfterEach
    void nothingWasThrown() {
        assertThat(browser.complaints()).isEmpty();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (host != null) {
            host.close();
        }
    }

    private void view(String name) {
        browser.value("location.hash = " + Browser.quoted("#/" + name));
    }

    private void awaitState(String binding, String state) {
        browser.await(
                "document.querySelector('%s .badge')?.textContent === '%s'"
                        .formatted(CARD.formatted(binding), state));
    }

    @Test
    void aJarIsInstalledTalkedToDisabledAndUninstalled() throws Exception {
        SampleJar sample = new SampleJar("counting", "1.0.0");
        Path jar = folder.resolve("counting.jar");
        Files.write(jar, sample.bytes());
        browser.choose("#jars", jar);
        browser.awaitText("counting.jar: counting 1.0.0 is ACTIVE");
        awaitState("counting", "active");

        view("chat/" + sample.model().replace("/", "%2F"));
        browser.press("summary", "More");
        browser.type("#chat-temperature", "0");
        browser.type(".ask textarea", "count");
        browser.press(".ask button", "Send");
        browser.awaitText("1.0.0:0 1.0.0:1 ");
        browser.awaitText("s in all");
        assertThat(browser.value("document.querySelector('.words').textContent").asString())
                .isEqualTo(sample.answer());

        view("bindings");
        browser.await("document.title === 'Bindings · Bindery'");
        disableAndEnableByKeyboard("counting");
        browser.press(CARD.formatted("counting") + " button", "Uninstall");
        browser.await(
                "document.querySelector('%s') === null".formatted(CARD.formatted("counting")));
        assertThat(host.drop("counting.jar")).doesNotExist();
    }

    /** The list is made anew each time, and the keyboard stays where it was. */
    private void disableAndEnableByKeyboard(String binding) {
        String card = CARD.formatted(binding);
        browser.await("document.querySelector('%s') !== null".formatted(card));
        browser.value(
                "[...document.querySelectorAll('%s button')].find((e) => e.textContent === 'Disable').focus()"
                        .formatted(card));
        browser.pressEnter();
        browser.await("document.activeElement.textContent === 'Enable'");
        awaitState(binding, "disabled");
        browser.pressEnter();
        browser.await("document.activeElement.textContent === 'Disable'");
        awaitState(binding, "active");
    }

    @Test
    void whatABindingSaysOfItselfIsTextAndAnAnswerCanBeStopped() throws Exception {
        String name = "<img src=x onerror=\"window.ran = true\">";
        SampleJar sample = new SampleJar("marked", "1.0.0");
        Path jar = folder.resolve("marked.jar");
        Files.write(jar, sample.bytesCalled(name));
        browser.choose("#jars", jar);
        awaitState("marked", "active");
        assertThat(
                        browser.value(
                                        "document.querySelector('%s h2').textContent"
                                                .formatted(CARD.formatted("marked")))
                                .asString())
                .startsWith(name);

        view("chat/" + sample.model().replace("/", "%2F"));
        browser.type(".ask textarea", name);
        browser.press(".ask button", "Send");
        browser.awaitText("1.0.0:0 ");
        browser.press(".ask button", "Stop");
        browser.awaitText("Stopped.");
        assertThat(browser.value("document.querySelector('.turn.user').textContent").asString())
                .isEqualTo(name);
        assertThat(browser.value("document.querySelector('[onerror]') === null").asBoolean())
                .isTrue();
        assertThat(browser.value("window.ran === undefined").asBoolean()).isTrue();
        assertThat(host.bindery("uninstall", "marked").exit()).isZero();
    }

    @Test
    void whatIsNoBindingIsRefusedInWords() throws Exception {
        Path jar = folder.resolve("broken.jar");
        Files.writeString(jar, "no jar");
        browser.choose("#jars", jar);
        browser.await("document.querySelector('.installed .problem') !== null");
        assertThat(browser.value("document.querySelector('.installed').textContent").asString())
                .contains("broken.jar", "zip");
    }

    @Test
    void settingsAreCheckedKeptAndNeverShowASecret() throws Exception {
        view("instances/openai");
        browser.press("summary", "README of openai");
        browser.awaitText("# openai");
        browser.type("input[name=max_retries]", "999");
        browser.press("form.panel button", "Apply");
        browser.await("document.querySelector('form.panel :invalid') !== null");
        browser.type("input[name=memory]", "lots");
        browser.press("form.panel:has([name=memory]) button", "Apply");
        browser.await("document.activeElement.matches('[name=memory][aria-invalid=true]')");
        browser.awaitText("megabytes or gigabytes");
        browser.type("input[name=max_retries]", "3");
        browser.type("input[name=base_url]", "http://127.0.0.1:9/v1");
        browser.type("input[name=api_key]", "sk-not-to-be-seen");
        browser.press("form.panel button", "Apply");
        browser.await(
                "document.querySelector('.standing .badge')?.textContent !== 'needs configuration'");
        browser.await(
                "document.querySelector('input[name=api_key]')?.placeholder.startsWith('is set')");

        assertThat(
                        browser.value("document.querySelector('input[name=max_retries]').value")
                                .asString())
                .isEqualTo("3");
        assertThat(browser.value("document.documentElement.outerHTML").asString())
                .doesNotContain("sk-not-to-be-seen");
        assertThat(
                        host.admin("GET", "instances/openai")
                                .path("settings")
                                .path("max_retries")
                                .asInt())
                .isEqualTo(3);
        assertThat(browser.value("document.querySelector('[name=memory]').value").asString())
                .as("what another form holds, not applied")
                .isEqualTo("lots");
        browser.press(".panel button", "Remove instance");
        browser.await("document.querySelector('article') !== null");
    }

    @Test
    void whatChangesElsewhereShowsWithoutAReload() throws Exception {
        view("events");
        browser.await("document.querySelector('tbody')?.innerText.includes('openai')");
        assertThat(host.bindery("disable", "echo").exit()).isZero();
        browser.await("/disabled[^]*echo/.test(document.querySelector('tbody')?.innerText)");
        view("bindings");
        awaitState("echo", "disabled");
        assertThat(host.bindery("enable", "echo").exit()).isZero();
        awaitState("echo", "active");
    }

    @Test
    void aPageGoesOnWhenItsBrowserLogsInAnewInAnotherTab() throws Exception {
        assertThat(
                        browser.value("fetch('%s').then((r) => r.status)".formatted(loginPath()))
                                .asInt())
                .isEqualTo(200);
        disableAndEnableByKeyboard("echo");
    }

    @Test
    void aKeyIsShownOnceAndLoggingOutEndsIt() {
        view("keys");
        browser.type("input[aria-label='Name of the key']", "ci");
        browser.press("form.pull button", "Add");
        browser.await("document.querySelector('.made code')?.textContent.length > 20");
        view("doctor");
        browser.awaitText("home " + host.home());
        view("models");
        browser.awaitText("echo/echo");
        view("keys");
        browser.press("td button", "Revoke");
        browser.awaitText("There are no keys");
        browser.press("header button", "Log out");
        browser.awaitText("logged out");
        browser.open(host.address());
        browser.awaitText("You are not logged in");
    }
}
