package dev.parley.events;

/** The platform has processed a file of a message: its dimensions, duration, waveform or thumbnail are there now. */
public record MessageAttachmentsProcessed(MessageSnapshot message) implements MessageChange {

    @Override
    public MessageChange withMessage(MessageSnapshot other) {
        return new MessageAttachmentsProcessed(other);
    }

    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
        return visitor.attachmentsProcessed(this);
    }
}
