// The official Socket.IO server with the one handler that RoomServer has as well.
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const io = new Server(http, { perMessageDeflate: false, transports: ["websocket", "polling"] });
io.on("connection", (socket) => {
  socket.join("room");
  socket.on("publish", (message) => io.to("room").emit("message", message));
});
http.listen(0, "127.0.0.1", () => console.log(`ready ${http.address().port}`));
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
