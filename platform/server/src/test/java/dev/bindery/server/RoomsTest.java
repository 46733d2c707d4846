package dev.bindery.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls between the rooms. */
@AnalyzeClasses(packages = "dev.bindery.server", importOptions = DoNotIncludeTests.class)
class RoomsTest {
    @ArchTest
    static final ArchRule ROOMS_FORM_NO_CYCLE =
            slices().matching("dev.bindery.server.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_HTTP_AND_CONNECTION_KNOW_HELIDON =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "dev.bindery.server.http..", "dev.bindery.server.connection..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.helidon..");

    @ArchTest
    static final ArchRule ONLY_METRICS_KNOW_MICROMETER =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.bindery.server.metrics..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule ONLY_ONE_ROOM_GOES_OUT =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.bindery.server.fetch..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("okhttp3..");

    @ArchTest
    static final ArchRule THE_HOST_IS_ENTERED_BY_ITS_DOOR =
            noClasses().should().dependOnClassesThat().resideInAPackage("dev.bindery.host.*..");

    @ArchTest
    static final ArchRule HTTP_KNOWS_NO_HOST =
            noClasses()
                    .that()
                    .resideInAnyPackage("dev.bindery.server.http..", "dev.bindery.server.json..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.bindery.host..");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_AN_ADAPTER_BUT_THE_ENTRANCE =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "dev.bindery.server.answer..",
                            "dev.bindery.server.http..",
                            "dev.bindery.server.admin..",
                            "dev.bindery.server.access..",
                            "dev.bindery.server.account..",
                            "dev.bindery.server.console..",
                            "dev.bindery.server.metrics..",
                            "dev.bindery.server.health..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.bindery.server.anthropic..",
                            "dev.bindery.server.openai..",
                            "dev.bindery.server.ollama..",
                            "dev.bindery.server.lollms..");

    @ArchTest
    static final ArchRule NO_ADAPTER_KNOWS_ANOTHER =
            slices().matching("dev.bindery.server.(anthropic|openai|ollama|lollms)..")
                    .should()
                    .notDependOnEachOther();
}
