package org.ashar.json;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.deser.std.StdValueInstantiator;
import tools.jackson.databind.introspect.AnnotatedWithParams;

/**
 * Makes records by a handle that takes all values as an array, prepared once. Jackson by itself
 * looks that form up again for each record, which was a fourth of the time to read an event.
 */
final class RecordInstantiators extends ValueInstantiators.Base {

    @Override
    public ValueInstantiator modifyValueInstantiator(
            DeserializationConfig config,
            BeanDescription.Supplier description,
            ValueInstantiator usual) {
        AnnotatedWithParams creator = usual.getWithArgsCreator();
        return description.getBeanClass().isRecord()
                        && usual instanceof StdValueInstantiator standard
                        && creator != null
                        && creator.getAnnotated() instanceof Constructor<?> constructor
                ? new Prepared(standard, constructor)
                : usual;
    }

    private static final class Prepared extends StdValueInstantiator {

        private static final MethodType OF_ARRAY =
                MethodType.methodType(Object.class, Object[].class);

        private final transient MethodHandle make;

        Prepared(StdValueInstantiator usual, Constructor<?> constructor) {
            super(usual);
            constructor.setAccessible(true);
            try {
                this.make =
                        MethodHandles.lookup()
                                .unreflectConstructor(constructor)
                                .asFixedArity()
                                .asSpreader(Object[].class, constructor.getParameterCount())
                                .asType(OF_ARRAY);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("it was made accessible", e);
            }
        }

        @Override
        public Object createFromObjectWith(DeserializationContext context, Object[] values) {
            try {
                return requireNonNull(make.invokeExact(values));
            } catch (Error e) {
                throw e;
            } catch (Throwable e) {
                return context.handleInstantiationProblem(
                        getValueClass(), values, rewrapCtorProblem(context, e));
            }
        }
    }
}
