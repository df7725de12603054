package dev.parley.standalone.backlog;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Topics and records as a stream of bytes: a head, the topics, the records, and how many these are. */
final class BacklogFormat {

    private static final String HEAD = "parley-events-1";
    private static final int NONE = -1;

    /** @param settings those that were made for this topic */
    record Topic(String name, int partitions, Map<String, String> settings) {}

    private BacklogFormat() {}

    static void writeHead(DataOutputStream out, Collection<Topic> topics) throws IOException {
        out.writeUTF(HEAD);
        out.writeInt(topics.size());
        for (Topic topic : topics) {
            out.writeUTF(topic.name());
            out.writeInt(topic.partitions());
            out.writeInt(topic.settings().size());
            for (Map.Entry<String, String> setting : topic.settings().entrySet()) {
                out.writeUTF(setting.getKey());
                out.writeUTF(setting.getValue());
            }
        }
    }

    static void writeRecord(DataOutputStream out, ConsumerRecord<byte[], byte[]> record) throws IOException {
        out.writeBoolean(true);
        out.writeUTF(record.topic());
        out.writeInt(record.partition());
        out.writeLong(record.timestamp());
        writeBytes(out, record.key());
        writeBytes(out, record.value());
        Header[] headers = record.headers().toArray();
        out.writeInt(headers.length);
        for (Header header : headers) {
            out.writeUTF(header.key());
            writeBytes(out, header.value());
        }
    }

    static void writeEnd(DataOutputStream out, long records) throws IOException {
        out.writeBoolean(false);
        out.writeLong(records);
    }

    static List<Topic> readHead(DataInputStream in) throws IOException {
        if (!in.readUTF().equals(HEAD)) {
            throw new IOException("These are no events that this version can read");
        }
        List<Topic> topics = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            Topic topic = new Topic(in.readUTF(), in.readInt(), new TreeMap<>());
            int settings = in.readInt();
            for (int j = 0; j < settings; j++) {
                topic.settings().put(in.readUTF(), in.readUTF());
            }
            topics.add(topic);
        }
        return topics;
    }

    /** @throws IOException if there are not as many as were written */
    static void readRecords(DataInputStream in, Consumer<ProducerRecord<byte[], byte[]>> each) throws IOException {
        long records = 0;
        while (in.readBoolean()) {
            each.accept(readRecord(in));
            records++;
        }
        if (in.readLong() != records) {
            throw new IOException("Some events are missing");
        }
    }

    private static ProducerRecord<byte[], byte[]> readRecord(DataInputStream in) throws IOException {
        String topic = in.readUTF();
        int partition = in.readInt();
        long timestamp = in.readLong();
        byte[] key = readBytes(in);
        byte[] value = readBytes(in);
        RecordHeaders headers = new RecordHeaders();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            headers.add(in.readUTF(), readBytes(in));
        }
        return new ProducerRecord<>(topic, partition, timestamp, key, value, headers);
    }

    private static void writeBytes(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? NONE : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == NONE ? null : in.readNBytes(length);
    }
}
