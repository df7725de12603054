package dev.parley.platform.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.jackson.JsonNodeDeserializer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON into a tree that is written again with the same numbers. Jackson's own reader makes a {@code double} of each
 * number with a point: what one service reads and passes on would come out as another number.
 */
final class JsonTreeDeserializer extends ValueDeserializer<JsonNode> {

    private static final ValueDeserializer<? extends JsonNode> OTHER_VALUES =
            JsonNodeDeserializer.getDeserializer(JsonNode.class);

    private final int maxValues;

    /** @param maxValues how many values a tree may have; one with more is not read */
    JsonTreeDeserializer(int maxValues) {
        this.maxValues = maxValues;
    }

    @Override
    public JsonNode deserialize(JsonParser json, DeserializationContext context) {
        return new Reading(json, context).value();
    }

    @Override
    public JsonNode getNullValue(DeserializationContext context) {
        return context.getNodeFactory().nullNode();
    }

    /** As Jackson's own reader: a component of a record that is absent stays null. */
    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return null;
    }

    /** One document. The parser bounds how deep it goes. */
    private final class Reading {

        private final JsonParser json;
        private final DeserializationContext context;
        private final JsonNodeFactory nodes;
        private int values;

        Reading(JsonParser json, DeserializationContext context) {
            this.json = json;
            this.context = context;
            this.nodes = context.getNodeFactory();
        }

        JsonNode value() {
            values++;
            if (values > maxValues) {
                throw new StreamConstraintsException("More than " + maxValues + " values");
            }
            return switch (json.currentToken()) {
                case START_OBJECT -> object();
                case START_ARRAY -> array();
                case VALUE_STRING -> nodes.stringNode(json.getString());
                case VALUE_NUMBER_INT -> wholeNumber();
                case VALUE_NUMBER_FLOAT -> decimal(json.getString());
                case VALUE_TRUE -> nodes.booleanNode(true);
                case VALUE_FALSE -> nodes.booleanNode(false);
                case VALUE_NULL -> nodes.nullNode();
                default -> OTHER_VALUES.deserialize(json, context);
            };
        }

        private ObjectNode object() {
            ObjectNode object = nodes.objectNode();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                object.set(name, value());
            }
            return object;
        }

        private ArrayNode array() {
            ArrayNode array = nodes.arrayNode();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                array.add(value());
            }
            return array;
        }

        private JsonNode wholeNumber() {
            return switch (json.getNumberType()) {
                case INT -> json.getIntValue() == 0 ? zero(json.getString()) : nodes.numberNode(json.getIntValue());
                case LONG -> nodes.numberNode(json.getLongValue());
                default -> nodes.numberNode(json.getBigIntegerValue());
            };
        }

        private JsonNode zero(String text) {
            return text.startsWith("-") ? decimal(text) : nodes.numberNode(0);
        }
    }

    /** A number that no reader can hold becomes infinite, as in Jackson's own reader. */
    private static JsonNode decimal(String text) {
        double value = Double.parseDouble(text);
        try {
            return Double.isFinite(value) ? DecimalNode.valueOf(new WrittenNumber(text)) : DoubleNode.valueOf(value);
        } catch (NumberFormatException tooSmall) {
            return DoubleNode.valueOf(Double.NaN);
        }
    }
}
