package dev.bindery.host.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Each room uses what its package-info says, and third-party code stays in its own room. */
@AnalyzeClasses(packages = "dev.bindery.host", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
    private static final String HOST = "dev.bindery.host";

    @ArchTest
    static final ArchRule roomsHaveNoCycles =
            slices().matching(HOST + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theDoorKnowsNoRoom =
            noClasses()
                    .that()
                    .resideInAPackage(HOST)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(HOST + ".*..");

    @ArchTest
    static final ArchRule roomsUseWhatTheySay =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("checkpoint")
                    .definedBy(HOST + ".checkpoint..")
                    .layer("document")
                    .definedBy(HOST + ".document..")
                    .layer("notification")
                    .definedBy(HOST + ".notification..")
                    .layer("presence")
                    .definedBy(HOST + ".presence..")
                    .layer("artifact")
                    .definedBy(HOST + ".artifact..")
                    .layer("isolation")
                    .definedBy(HOST + ".isolation..")
                    .layer("instance")
                    .definedBy(HOST + ".instance..")
                    .layer("call")
                    .definedBy(HOST + ".call..")
                    .layer("generation")
                    .definedBy(HOST + ".generation..")
                    .layer("state")
                    .definedBy(HOST + ".state..")
                    .layer("lifecycle")
                    .definedBy(HOST + ".lifecycle..")
                    .layer("packages")
                    .definedBy(HOST + ".packages..")
                    .layer("protocol")
                    .definedBy(HOST + ".protocol..")
                    .layer("process")
                    .definedBy(HOST + ".process..")
                    .layer("shell")
                    .definedBy(HOST + ".shell..")
                    .layer("extension")
                    .definedBy(HOST + ".extension..")
                    .layer("diagnosis")
                    .definedBy(HOST + ".diagnosis..")
                    .layer("embedded")
                    .definedBy(HOST + ".embedded..")
                    .whereLayer("checkpoint")
                    .mayOnlyBeAccessedByLayers("document", "artifact", "instance", "lifecycle")
                    .whereLayer("document")
                    .mayOnlyBeAccessedByLayers(
                            "artifact",
                            "isolation",
                            "instance",
                            "notification",
                            "generation",
                            "state",
                            "lifecycle",
                            "process",
                            "embedded")
                    .whereLayer("notification")
                    .mayOnlyBeAccessedByLayers(
                            "presence", "call", "generation", "lifecycle", "extension", "embedded")
                    .whereLayer("presence")
                    .mayOnlyBeAccessedByLayers(
                            "call", "generation", "lifecycle", "shell", "extension", "embedded")
                    .whereLayer("artifact")
                    .mayOnlyBeAccessedByLayers(
                            "isolation", "generation", "lifecycle", "extension", "embedded")
                    .whereLayer("isolation")
                    .mayOnlyBeAccessedByLayers("generation", "lifecycle", "embedded")
                    .whereLayer("instance")
                    .mayOnlyBeAccessedByLayers("generation", "lifecycle", "embedded")
                    .whereLayer("call")
                    .mayOnlyBeAccessedByLayers("generation", "lifecycle", "embedded")
                    .whereLayer("generation")
                    .mayOnlyBeAccessedByLayers("lifecycle", "embedded")
                    .whereLayer("state")
                    .mayOnlyBeAccessedByLayers("lifecycle", "embedded")
                    .whereLayer("packages")
                    .mayOnlyBeAccessedByLayers("embedded")
                    .whereLayer("protocol")
                    .mayOnlyBeAccessedByLayers("process")
                    .whereLayer("diagnosis")
                    .mayOnlyBeAccessedByLayers("embedded")
                    .whereLayer("process")
                    .mayOnlyBeAccessedByLayers("embedded")
                    .whereLayer("lifecycle")
                    .mayOnlyBeAccessedByLayers("embedded")
                    .whereLayer("shell")
                    .mayOnlyBeAccessedByLayers("embedded")
                    .whereLayer("extension")
                    .mayOnlyBeAccessedByLayers("embedded")
                    .whereLayer("embedded")
                    .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule osgiStaysWhereBundlesAre =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            HOST + ".presence..", HOST + ".shell..", HOST + ".extension..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.osgi..", "org.apache.felix..");

    @ArchTest static final ArchRule pf4jStaysInIsolation = only("isolation", "org.pf4j..");

    @ArchTest static final ArchRule yamlStaysInDocument = only("document", "org.yaml..");

    @ArchTest
    static final ArchRule okhttpStaysWhereTheNetworkIs =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(HOST + ".packages..", HOST + ".process..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("okhttp3..");

    @ArchTest
    static final ArchRule jacksonStaysWhereJsonIsWritten =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            HOST + ".protocol..",
                            HOST + ".process..",
                            HOST + ".packages..",
                            HOST + ".state..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("tools.jackson..");

    private static ArchRule only(String room, String... thirdParty) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(HOST + "." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(thirdParty);
    }

    private RoomsTest() {}
}
