package dev.bindery.server;

import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.server.keys.ApiKey;
import dev.bindery.server.keys.KeyRing;
import dev.bindery.server.options.ServerLimits;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginTest {
    private static final String TOKEN = "Authorization: Bearer " + Served.TOKEN;
    private static final String STATUS = "/admin/v1/status";
    private static final String DISABLE = "/admin/v1/bindings/echo/disable";
    private static final String BROWSER = "Accept: text/html";
    private Served served;

    @BeforeEach
    void start() throws Exception {
        served = new Served(options -> options.allowedOrigins(Set.of("https://app.example")));
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private String address() throws Exception {
        RawHttp.Answer answer = served.post("/admin/v1/login", "", TOKEN);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(json(answer).get("expires_in_s").intValue()).isEqualTo(60);
        return json(answer).get("path").stringValue();
    }

    /** What this server calls its cookie. */
    private String name() {
        return "bindery_session_" + served.server().address().getPort();
    }

    /** The header by which a browser shows its session. */
    private static String cookie(RawHttp.Answer answer) {
        return "Cookie: " + answer.header("Set-Cookie").split(";", 2)[0];
    }

    private String login() throws Exception {
        return cookie(served.get(address()));
    }

    private String csrf(String cookie) throws Exception {
        RawHttp.Answer session = served.get("/admin/v1/session", cookie);
        assertThat(session.status()).isEqualTo(200);
        return "x-csrf-token: " + json(session).get("csrf_token").stringValue();
    }

    @Test
    void aCodeBecomesASessionThatIsTheBrowsersAlone() throws Exception {
        RawHttp.Answer answer = served.get(address());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Set-Cookie"))
                .matches(name() + "=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none';");
        assertThat(answer.body()).contains("http-equiv=\"refresh\"");
        assertThat(served.get(STATUS, cookie(answer)).status()).isEqualTo(200);
        assertThat(served.get("/", BROWSER, cookie(answer)).body()).contains("Log out");
        assertThat(served.get("/", BROWSER).body()).contains("You are not logged in");
    }

    @Test
    void aCodeWorksOnceAndLookingAtItUsesNothingUp() throws Exception {
        String address = address();
        assertThat(served.request("HEAD", address).header("Set-Cookie")).isNull();
        assertThat(served.get(address).status()).isEqualTo(200);
        RawHttp.Answer again = served.get(address);
        assertThat(again.status()).isEqualTo(403);
        assertThat(again.header("Set-Cookie")).isNull();
        assertThat(again.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(again.body()).contains("no longer logs in", "bindery open");
        for (String wrong : new String[] {"/login", "/login?code=", "/login?code=made-up"}) {
            assertThat(served.get(wrong).status()).isEqualTo(403);
        }
    }

    @Test
    void codesAreMadeWithTheTokenAloneAndNotByASession() throws Exception {
        assertThat(served.post("/admin/v1/login", "").status()).isEqualTo(401);
        String cookie = login();
        RawHttp.Answer answer = served.post("/admin/v1/login", "", cookie, csrf(cookie));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("admin token only");
    }

    @Test
    void aChangeNeedsTheSessionsToken() throws Exception {
        String cookie = login();
        String token = csrf(cookie);
        assertThat(served.post(DISABLE, "", cookie).status()).isEqualTo(403);
        assertThat(served.post(DISABLE, "", cookie, "x-csrf-token: made-up").status())
                .isEqualTo(403);
        assertThat(served.post(DISABLE, "", cookie, csrf(login())).status())
                .as("another session's token")
                .isEqualTo(403);
        assertThat(served.host.changes).isEmpty();
        assertThat(served.post(DISABLE, "", cookie, token).status()).isEqualTo(200);
        assertThat(served.host.changes).hasSize(1);
        assertThat(served.post(DISABLE, "", token).status()).as("without a cookie").isEqualTo(401);
    }

    @Test
    void aSessionIsForTheServersOwnPagesOnly() throws Exception {
        String cookie = login();
        String token = csrf(cookie);
        for (String page :
                new String[] {
                    "Origin: https://evil.example",
                    "Origin: http://localhost:3000",
                    "Origin: null",
                    "Origin: https://app.example",
                    "Sec-Fetch-Site: same-site",
                    "Sec-Fetch-Site: cross-site"
                }) {
            assertThat(served.post(DISABLE, "", cookie, token, page).status())
                    .as(page)
                    .isEqualTo(403);
            assertThat(served.get("/admin/v1/session", cookie, page).status())
                    .as(page)
                    .isEqualTo(403);
        }
        assertThat(served.host.changes).isEmpty();
        String own = "Origin: http://localhost";
        String same = "Sec-Fetch-Site: same-origin";
        assertThat(served.post(DISABLE, "", cookie, token, own, same).status()).isEqualTo(200);
        assertThat(served.get(STATUS, TOKEN, "Origin: https://app.example").status())
                .as("an allowed origin with the token")
                .isEqualTo(200);
    }

    @Test
    void whatABrowserBringsAlongNeverBecomesASession() throws Exception {
        String planted = "Cookie: " + name() + "=planted";
        RawHttp.Answer answer = served.get(address(), planted);
        assertThat(cookie(answer)).isNotEqualTo(planted);
        assertThat(served.get(STATUS, planted).status()).isEqualTo(401);
        String first = cookie(answer);
        String second = cookie(served.get(address(), first));
        assertThat(second).isNotEqualTo(first);
        assertThat(served.get(STATUS, first).status()).as("replaced").isEqualTo(401);
        assertThat(served.get(STATUS, second).status()).isEqualTo(200);
    }

    @Test
    void hostsOnOneMachineHaveCookiesOfTheirOwn() throws Exception {
        try (Served other = new Served()) {
            String path = json(other.post("/admin/v1/login", "", TOKEN)).get("path").stringValue();
            String both = login() + "; " + cookie(other.get(path)).substring("Cookie: ".length());
            assertThat(served.get(STATUS, both).status()).isEqualTo(200);
            assertThat(other.get(STATUS, both).status()).isEqualTo(200);
        }
    }

    @Test
    void aCookieIsTheSameByWhateverNameAndPortTheServerIsReached() throws Exception {
        RawHttp.Answer answer = served.get(address(), "Host: localhost:1234");
        assertThat(answer.header("Set-Cookie")).startsWith(name() + "=");
        assertThat(served.get(STATUS, cookie(answer), "Host: 127.0.0.1").status()).isEqualTo(200);
        assertThat(served.get(STATUS, cookie(answer), "Host: localhost:80").status())
                .isEqualTo(200);
    }

    @Test
    void theServersOwnPageUsesTheModelsWhereOthersNeedAKey() throws Exception {
        try (Served closed =
                new Served(o -> o.keys(KeyRing.of(List.of(ApiKey.of("ci", "a-key")))))) {
            String path = json(closed.post("/admin/v1/login", "", TOKEN)).get("path").stringValue();
            String cookie = cookie(closed.get(path));
            String csrf =
                    "x-csrf-token: "
                            + json(closed.get("/admin/v1/session", cookie))
                                    .get("csrf_token")
                                    .stringValue();
            String chat = Served.chatBody("echo/echo", "Hello");
            String chats = "/v1/chat/completions";
            assertThat(closed.get("/v1/models").status()).isEqualTo(401);
            assertThat(closed.get("/v1/models", cookie).status()).isEqualTo(200);
            assertThat(closed.get("/metrics", cookie).status()).isEqualTo(200);
            assertThat(closed.post(chats, chat, cookie, csrf).status()).isEqualTo(200);
            assertThat(closed.post(chats, chat, cookie).status()).as("no header").isEqualTo(403);
            assertThat(closed.post(chats, chat, cookie, "x-csrf-token: made-up").status())
                    .isEqualTo(403);
            for (String foreign :
                    List.of("Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site")) {
                assertThat(closed.post(chats, chat, cookie, csrf, foreign).status()).isEqualTo(403);
                assertThat(closed.get("/v1/models", cookie, foreign).status()).isEqualTo(403);
            }
            assertThat(closed.get("/v1/models", cookie, "Authorization: Bearer wrong").status())
                    .as("a wrong key is not made good")
                    .isEqualTo(401);
        }
    }

    @Test
    void aStreamOfEventsEndsWhenItsSessionIsLoggedOut() throws Exception {
        String cookie = login();
        try (RawHttp stream = served.connect();
                RawHttp byToken = served.connect()) {
            assertThat(stream.get("/admin/v1/events", cookie).begin().status()).isEqualTo(200);
            assertThat(stream.chunk()).isEqualTo(": events\n\n");
            byToken.get("/admin/v1/events", TOKEN).begin();
            assertThat(byToken.chunk()).isEqualTo(": events\n\n");

            assertThat(served.request("DELETE", "/admin/v1/session", cookie, csrf(cookie)).status())
                    .isEqualTo(204);
            assertThat(stream.chunk()).as("the end of the stream").isEmpty();
            served.host.happen(1, "binding/ACTIVE", "after the log-out");
            assertThat(byToken.chunk()).contains("after the log-out");
        }
    }

    @Test
    void aStreamOfEventsEndsWhenItsSessionWasNotUsedForTooLong() throws Exception {
        Duration idle = Duration.ofMillis(500);
        try (Served brief = new Served(o -> o.limits(ServerLimits.DEFAULTS.withSessionIdle(idle)));
                RawHttp stream = brief.connect();
                RawHttp byToken = brief.connect()) {
            String path = json(brief.post("/admin/v1/login", "", TOKEN)).get("path").stringValue();
            String cookie = cookie(brief.get(path));
            assertThat(stream.get("/admin/v1/events", cookie).begin().status()).isEqualTo(200);
            assertThat(stream.chunk()).isEqualTo(": events\n\n");
            byToken.get("/admin/v1/events", TOKEN).begin();
            assertThat(byToken.chunk()).isEqualTo(": events\n\n");

            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            int id = 0;
            String told = "some";
            while (!told.isEmpty() && System.nanoTime() < deadline) {
                brief.host.happen(++id, "binding/ACTIVE", "something");
                told = stream.chunk();
            }

            assertThat(told).as("the end of the stream").isEmpty();
            assertThat(brief.get(STATUS, cookie).status()).isEqualTo(401);
            assertThat(byToken.chunk()).contains("something");
        }
    }

    @Test
    void cookiesThatAreNoneLetNobodyInAndBreakNothing() throws Exception {
        for (String cookie :
                new String[] {"", ";;=;a", name(), name() + "=", name() + "=\"x", "=;="}) {
            assertThat(served.get(STATUS, "Cookie: " + cookie).status()).as(cookie).isEqualTo(401);
            assertThat(served.get("/", BROWSER, "Cookie: " + cookie).body())
                    .as(cookie)
                    .contains("You are not logged in");
        }
    }

    @Test
    void aWrongTokenIsNotMadeGoodByASession() throws Exception {
        assertThat(served.get(STATUS, login(), "Authorization: Bearer wrong").status())
                .isEqualTo(401);
    }

    @Test
    void loggingOutEndsTheSession() throws Exception {
        String cookie = login();
        String form = csrf(cookie).replace("x-csrf-token: ", "csrf=");
        assertThat(served.post("/logout", "csrf=made-up", cookie).status()).isEqualTo(403);
        assertThat(served.post("/logout", form, cookie, "Origin: https://evil.example").status())
                .isEqualTo(403);
        assertThat(served.get(STATUS, cookie).status()).isEqualTo(200);
        RawHttp.Answer out = served.post("/logout", form, cookie);
        assertThat(out.status()).isEqualTo(200);
        assertThat(out.header("Set-Cookie")).startsWith(name() + "=;").contains("Max-Age=0");
        assertThat(served.get(STATUS, cookie).status()).isEqualTo(401);

        String other = login();
        assertThat(served.request("DELETE", "/admin/v1/session", other).status()).isEqualTo(403);
        assertThat(served.request("DELETE", "/admin/v1/session", other, csrf(other)).status())
                .isEqualTo(204);
        assertThat(served.get(STATUS, other).status()).isEqualTo(401);
    }

    @Test
    void theWayInIsUnderKnownHostNamesOnly() throws Exception {
        String address = address();
        assertThat(served.get(address, "Host: evil.example").status()).isEqualTo(403);
        assertThat(served.get(address).status()).as("the code is still good").isEqualTo(200);
    }
}
