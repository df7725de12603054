package dev.parley.presence.socketio;

import java.util.BitSet;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Binary parts are sent after the JSON, in which {@code {"_placeholder": true, "num": n}} stands for each of them. */
final class Attachments {

    private static final String PLACEHOLDER = "_placeholder";
    private static final String NUMBER = "num";

    private Attachments() {}

    /** Returns the argument as JSON holds it, and adds its bytes to the attachments. */
    static Object extract(Object arg, List<byte[]> attachments) {
        if (arg instanceof byte[] bytes) {
            return placeholder(bytes, attachments);
        }
        return arg instanceof JsonNode node && hasBinary(node) ? extract(node, attachments) : arg;
    }

    /**
     * Replaces the placeholders by the attachments. Changes the tree. Throws {@link MalformedPacket} unless each attachment
     * is used exactly once: a packet that used one many times would need many times its memory when it is written.
     */
    static JsonNode fill(JsonNode node, List<byte[]> attachments) {
        Filling filling = new Filling(attachments);
        JsonNode filled = filling.fill(node);
        if (filling.used.cardinality() < attachments.size()) {
            throw new MalformedPacket("an attachment is not used");
        }
        return filled;
    }

    private static final class Filling {

        private final List<byte[]> attachments;
        private final BitSet used = new BitSet();

        Filling(List<byte[]> attachments) {
            this.attachments = attachments;
        }

        JsonNode fill(JsonNode node) {
            if (node instanceof ObjectNode object) {
                if (BooleanNode.TRUE.equals(object.get(PLACEHOLDER))) {
                    return BinaryNode.valueOf(take(object.path(NUMBER)));
                }
                object.properties().forEach(field -> field.setValue(fill(field.getValue())));
            } else if (node instanceof ArrayNode array) {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, fill(array.get(i)));
                }
            }
            return node;
        }

        private byte[] take(JsonNode number) {
            int index = number.isInt() ? number.intValue() : -1;
            if (index < 0 || index >= attachments.size() || used.get(index)) {
                throw new MalformedPacket("no such attachment, or used before");
            }
            used.set(index);
            return attachments.get(index);
        }
    }

    private static boolean hasBinary(JsonNode node) {
        if (node.isContainer()) {
            return node.valueStream().anyMatch(Attachments::hasBinary);
        }
        return node.isBinary();
    }

    /** A copy with placeholders; the tree of the caller is not changed. */
    private static JsonNode extract(JsonNode node, List<byte[]> attachments) {
        if (node instanceof BinaryNode binary) {
            return placeholder(binary.binaryValue(), attachments);
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> copy.set(field.getKey(), extract(field.getValue(), attachments)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(element -> copy.add(extract(element, attachments)));
            return copy;
        }
        return node;
    }

    private static ObjectNode placeholder(byte[] bytes, List<byte[]> attachments) {
        attachments.add(bytes);
        return JsonNodeFactory.instance.objectNode().put(PLACEHOLDER, true).put(NUMBER, attachments.size() - 1);
    }
}
