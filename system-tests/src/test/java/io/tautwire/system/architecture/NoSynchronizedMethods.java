package io.tautwire.system.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Holds that no method of a class is synchronized. */
final class NoSynchronizedMethods extends ArchCondition<JavaClass> {
    NoSynchronizedMethods() {
        super("have no synchronized methods");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        type.getMethods().stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED))
                .forEach(method ->
                        events.add(SimpleConditionEvent.violated(method, method.getFullName() + " is synchronized")));
    }
}
