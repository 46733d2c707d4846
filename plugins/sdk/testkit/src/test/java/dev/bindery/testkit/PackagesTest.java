package dev.bindery.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The command line runs the checks without JUnit; bindings' tests see no part of a host. */
@AnalyzeClasses(
        packages = "dev.bindery.testkit",
        importOptions = ImportOption.DoNotIncludeTests.class)
class PackagesTest {
    @ArchTest
    static final ArchRule onlyTheSuiteKnowsJUnit =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.bindery.testkit.junit")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.junit..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.bindery.testkit.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule upstreamsKnowTheContractOnly =
            noClasses()
                    .that()
                    .resideInAnyPackage("dev.bindery.testkit", "dev.bindery.testkit.upstream")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.bindery.host..");

    @ArchTest
    static final ArchRule nothingOfServerAndCommandLineIsUsed =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.bindery.server..", "dev.bindery.cli..", "dev.bindery.worker..");

    private PackagesTest() {}
}
