package dev.holdfast;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know whom: the picture of the architecture, held against the code. */
class RoomsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.holdfast");

    @Test
    void eachRoomKnowsOnlyTheRoomsBelowIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("tomcat")
                .definedBy("dev.holdfast.tomcat..")
                .layer("cli")
                .definedBy("dev.holdfast.cli..")
                .layer("session")
                .definedBy("dev.holdfast.session..")
                .layer("codec")
                .definedBy("dev.holdfast.codec..")
                .layer("crypto")
                .definedBy("dev.holdfast.crypto..")
                .layer("store")
                .definedBy("dev.holdfast.store..")
                .whereLayer("tomcat")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("session")
                .mayOnlyBeAccessedByLayers("tomcat", "cli")
                .whereLayer("codec")
                .mayOnlyBeAccessedByLayers("session", "tomcat", "cli")
                .whereLayer("crypto")
                .mayOnlyBeAccessedByLayers("session", "tomcat", "cli")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("session", "tomcat", "cli")
                .check(CLASSES);
    }

    @Test
    void onlyTomcatKnowsTomcat() {
        onlyIn(
                "dev.holdfast.tomcat..",
                "org.apache.catalina..",
                "org.apache.coyote..",
                "org.apache.tomcat..",
                "jakarta..");
    }

    @Test
    void onlyCodecKnowsKryo() {
        onlyIn("dev.holdfast.codec..", "com.esotericsoftware..", "org.objenesis..");
    }

    @Test
    void onlyCryptoKnowsCiphers() {
        onlyIn("dev.holdfast.crypto..", "javax.crypto..");
    }

    @Test
    void onlyStoreKnowsSql() {
        onlyIn("dev.holdfast.store..", "java.sql..", "javax.sql..", "org.postgresql..", "org.apache.commons..");
    }

    @Test
    void theRootKnowsNoRoom() {
        noClasses()
                .that()
                .resideInAPackage("dev.holdfast")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.holdfast.*..")
                .check(CLASSES);
    }

    private static void onlyIn(String room, String... packages) {
        noClasses()
                .that()
                .resideOutsideOfPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .allowEmptyShould(true)
                .check(CLASSES);
    }
}
