package dev.waymark.rib;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayersTest {
    private static final String TABLES = "dev.waymark.rib..";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.waymark.rib");

    @Test
    void tablesKnowNeitherCodecNorPolicyNorEngine() {
        noClasses()
                .that()
                .resideInAPackage(TABLES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.waymark.bgp..", "dev.waymark.policy..", "dev.waymark.engine..", "dev.waymark.spi..")
                .check(classes);
    }

    @Test
    void tablesDoNoInputOrOutputAndHaveNoThreadsClocksOrLogs() {
        noClasses()
                .that()
                .resideInAPackage(TABLES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..", "java.net..", "java.nio..", "java.util.concurrent..", "io.netty..", "org.slf4j..")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(classes);
    }

    @Test
    void noStaticStateCanChange() {
        noFields()
                .that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage(TABLES)
                .should()
                .notBeFinal()
                .check(classes);
        noFields()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(TABLES)
                .should()
                .haveModifier(JavaModifier.VOLATILE)
                .check(classes);
    }
}
