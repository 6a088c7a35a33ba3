package org.ashar.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.function.Function;
import org.ashar.kernel.Checked;
import org.ashar.kernel.Money;
import org.ashar.kernel.Period;
import org.ashar.kernel.PlaceRef;
import org.ashar.kernel.ReportingPeriod;
import org.ashar.kernel.Sha256;
import org.ashar.kernel.StreamId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.module.SimpleModule;

/** The forms of kernel values that are not plain records, and how records are made. */
final class KernelModule extends SimpleModule {

    KernelModule() {
        super("ashar-kernel");
        setMixInAnnotation(Money.class, MoneyForm.class);
        setMixInAnnotation(Period.class, PeriodForm.class);
        setMixInAnnotation(PlaceRef.class, PlaceRefForm.class);
        setMixInAnnotation(StreamId.class, TextForm.class);
        setMixInAnnotation(Sha256.class, HexForm.class);
        setMixInAnnotation(ReportingPeriod.class, PeriodIdForm.class);
        addDeserializer(Money.class, new MoneyReader(null));
        addDeserializer(StreamId.class, new TextReader<>(StreamId.class, StreamId::parse));
        addDeserializer(Sha256.class, new TextReader<>(Sha256.class, Sha256::parse));
        addDeserializer(
                ReportingPeriod.class,
                new TextReader<>(ReportingPeriod.class, ReportingPeriod::parse));
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addValueInstantiators(new RecordInstantiators());
    }

    private record MoneyText(String amount, String currency) {}

    private static final class MoneyReader extends ValueDeserializer<Money> {
        private final @Nullable ValueDeserializer<Object> texts;

        MoneyReader(@Nullable ValueDeserializer<Object> texts) {
            this.texts = texts;
        }

        /** Looks up once how the two texts are read, not for each amount. */
        @Override
        public ValueDeserializer<?> createContextual(
                DeserializationContext context, @Nullable BeanProperty property) {
            return new MoneyReader(
                    context.findContextualValueDeserializer(
                            context.constructType(MoneyText.class), null));
        }

        @Override
        public Money deserialize(JsonParser parser, DeserializationContext context) {
            MoneyText text = (MoneyText) requireNonNull(texts).deserialize(parser, context);
            if (text.amount() == null || text.currency() == null) {
                return context.reportInputMismatch(
                        Money.class, "money needs an amount and a currency");
            }
            return valid(Money.parse(text.amount(), text.currency()), Money.class, context);
        }
    }

    private static final class TextReader<T> extends ValueDeserializer<T> {
        private final Class<T> type;
        private final Function<String, Checked<T>> parse;

        TextReader(Class<T> type, Function<String, Checked<T>> parse) {
            this.type = type;
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return context.reportInputMismatch(type, "a string is expected");
            }
            return valid(parse.apply(parser.getString()), type, context);
        }
    }

    private static <T> T valid(Checked<T> checked, Class<T> type, DeserializationContext context) {
        return switch (checked) {
            case Checked.Valid<T>(T value) -> value;
            case Checked.Invalid<T> invalid ->
                    context.reportInputMismatch(type, "%s", invalid.code());
        };
    }

    @JsonPropertyOrder({"amount", "currency"})
    interface MoneyForm {
        @JsonProperty
        String amount();

        @JsonProperty
        String currency();

        @JsonIgnore
        long minor();

        @JsonIgnore
        boolean isNegative();

        @JsonIgnore
        boolean isZero();
    }

    interface PeriodForm {
        @JsonIgnore
        boolean isAtMostOneYear();
    }

    interface PlaceRefForm {
        @JsonIgnore
        String key();
    }

    interface TextForm {
        @Override
        @JsonValue
        String toString();
    }

    interface HexForm {
        @JsonValue
        String hex();
    }

    interface PeriodIdForm {
        @JsonValue
        String id();

        @JsonCreator
        static ReportingPeriod parse(String id) {
            return ReportingPeriod.parse(id).orThrow();
        }
    }
}
