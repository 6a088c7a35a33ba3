package org.ashar.testing.architecture;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Holds for a field that may be assigned again. */
final class BeReassignable extends ArchCondition<JavaField> {

    BeReassignable() {
        super("be reassignable");
    }

    @Override
    public void check(JavaField field, ConditionEvents events) {
        boolean reassignable =
                !field.getModifiers().contains(JavaModifier.FINAL)
                        && !field.getModifiers().contains(JavaModifier.SYNTHETIC);
        events.add(
                new SimpleConditionEvent(
                        field, reassignable, field.getFullName() + " may be assigned again"));
    }
}
