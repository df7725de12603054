package dev.parley.presence.engineio;

import dev.parley.presence.transport.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Closes the session of a client that sends much over its WebSocket before it is admitted. It counts bytes as they arrive,
 * because an unfinished message is in memory too.
 */
final class UnadmittedInput extends ChannelInboundHandlerAdapter {

    /** How many packets of the largest size a client may send meanwhile: a few attempts, and heartbeats. */
    private static final int PACKETS = 8;

    private final EngineIoSession session;
    private long left;

    UnadmittedInput(EngineIoSession session) {
        this.session = session;
        this.left = (long) PACKETS * session.maxPacketBytes();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!session.awaitsAdmission()) {
            context.pipeline().remove(this);
        } else if (message instanceof ByteBuf bytes) {
            left -= bytes.readableBytes();
            if (left < 0) {
                ReferenceCountUtil.release(message);
                session.close(CloseReason.TOO_LARGE);
                return;
            }
        }
        context.fireChannelRead(message);
    }
}
