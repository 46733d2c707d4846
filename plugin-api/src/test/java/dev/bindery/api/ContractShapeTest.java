package dev.bindery.api;

import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apiguardian.api.API;

/** What keeps the contract alive: third parties compile against it. */
@AnalyzeClasses(packages = "dev.bindery.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ContractShapeTest {
    @ArchTest
    static final ArchRule NOTHING_BUT_THE_JDK =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..", "dev.bindery.api", "org.apiguardian.api", "org.jspecify..");

    @ArchTest
    static final ArchRule EVERY_PUBLIC_TYPE_SAYS_HOW_FIRM_IT_IS =
            classes()
                    .that()
                    .haveModifier(PUBLIC)
                    .and()
                    .areTopLevelClasses()
                    .should()
                    .beAnnotatedWith(API.class);

    @ArchTest
    static final ArchRule NO_ACCESSOR_IS_CALLED_GET =
            noMethods().that().arePublic().should().haveNameMatching("get[A-Z].*");

    @ArchTest
    static final ArchRule NOTHING_IS_PRINTED =
            noClasses()
                    .should()
                    .accessField(System.class, "out")
                    .orShould()
                    .accessField(System.class, "err");
}
