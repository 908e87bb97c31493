package io.tautwire.system.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** Modules point one way, and the protocol cores stay pure: docs/architecture.md, held by the build. */
@AnalyzeClasses(
        packages = "io.tautwire",
        importOptions = {ImportOption.DoNotIncludeTests.class, NoTestArchives.class})
final class ArchitectureTest {
    private static final String[] PURE = {
        "io.tautwire",
        "io.tautwire.codec..",
        "io.tautwire.journal",
        "io.tautwire.journal.memory",
        "io.tautwire.journal.recovery",
        "io.tautwire.transport.wire",
        "io.tautwire.client.internal.core..",
        "io.tautwire.server.internal.broker..",
    };

    private static final String[] WORLD_PACKAGES = {
        "java.util.concurrent..",
        "java.net..",
        "java.nio.channels..",
        "java.nio.file..",
        "java.io..",
        "io.netty..",
        "org.slf4j..",
    };

    private static final Set<String> WORLD_CLASSES = Set.of(
            "java.lang.Thread",
            "java.lang.ThreadLocal",
            "java.lang.Runtime",
            "java.lang.Process",
            "java.time.Clock",
            "java.util.Timer",
            "java.util.UUID",
            "java.util.concurrent.ThreadLocalRandom");

    private static final Set<String> WORLD_METHODS = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.time.Instant.now",
            "java.lang.Math.random",
            "java.lang.Object.wait",
            "java.lang.Object.notify",
            "java.lang.Object.notifyAll");

    @ArchTest
    static final ArchRule MODULES_POINT_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("codec")
            .definedBy("io.tautwire", "io.tautwire.codec..")
            .layer("journal")
            .definedBy("io.tautwire.journal..")
            .layer("transport")
            .definedBy("io.tautwire.transport..")
            .layer("client")
            .definedBy("io.tautwire.client..")
            .layer("server")
            .definedBy("io.tautwire.server..")
            .layer("cli")
            .definedBy("io.tautwire.cli..")
            .whereLayer("journal")
            .mayOnlyAccessLayers("codec")
            .whereLayer("transport")
            .mayOnlyAccessLayers("codec")
            .whereLayer("client")
            .mayOnlyAccessLayers("codec", "journal", "transport")
            .whereLayer("server")
            .mayOnlyAccessLayers("codec", "journal", "transport")
            .whereLayer("codec")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule CORES_KNOW_NO_WORLD = noClasses()
            .that(resideInAnyPackage(PURE))
            .should()
            .dependOnClassesThat(resideInAnyPackage(WORLD_PACKAGES)
                    .and(describe(
                            "other than java.io.Serializable",
                            type -> !type.isEquivalentTo(java.io.Serializable.class))))
            .orShould()
            .dependOnClassesThat(describe(
                    "of threads, clocks and chance", (JavaClass type) -> WORLD_CLASSES.contains(type.getFullName())))
            .because("the simulation steps them: time, chance and bytes are passed in");

    @ArchTest
    static final ArchRule CORES_ASK_NO_CLOCK = noClasses()
            .that(resideInAnyPackage(PURE))
            .should()
            .accessTargetWhere(JavaAccess.Predicates.target(worldMethod()))
            .because("time is passed in");

    @ArchTest
    static final ArchRule CORES_TAKE_NO_LOCK = classes()
            .that(resideInAnyPackage(PURE))
            .should(new NoSynchronizedMethods())
            .because("a core is stepped by one thread; locks are shells around it");

    @ArchTest
    static final ArchRule ONLY_THE_TRANSPORT_KNOWS_NETTY = noClasses()
            .that(resideInAPackage("io.tautwire.."))
            .and(describe(
                    "outside io.tautwire.transport and its internals",
                    type -> !type.getPackageName().equals("io.tautwire.transport")
                            && !type.getPackageName().startsWith("io.tautwire.transport.internal.")))
            .should()
            .dependOnClassesThat(resideInAPackage("io.netty.."));

    @ArchTest
    static final ArchRule ONLY_TWO_PACKAGES_KNOW_THE_SCRAM_LIBRARY = noClasses()
            .that(resideInAPackage("io.tautwire.."))
            .and(describe("outside the two packages of SCRAM", type -> !Set.of(
                            "io.tautwire.client.internal.scram", "io.tautwire.server.internal.users")
                    .contains(type.getPackageName())))
            .should()
            .dependOnClassesThat(resideInAPackage("com.ongres.."));

    @ArchTest
    static final ArchRule USERS_SEE_NO_INTERNALS_OF_OTHERS = noClasses()
            .that(resideInAnyPackage("io.tautwire.cli..", "io.tautwire.examples.."))
            .should()
            .dependOnClassesThat(resideInAPackage("io.tautwire..internal.."));

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES_BETWEEN_MODULES =
            slices().matching("io.tautwire.(*)..").should().beFreeOfCycles();

    private static DescribedPredicate<AccessTarget> worldMethod() {
        return describe(
                "reading a clock or waiting",
                target -> WORLD_METHODS.contains(target.getOwner().getFullName() + "." + target.getName()));
    }
}
