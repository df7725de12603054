// Shows the AsyncAPI document: its channels, what is received and sent there, and what each message is made of.
import { schemaView } from "./schema.js";
import { element, prose } from "./text.js";

const main = document.getElementById("document");

try {
  const answer = await fetch("asyncapi.json");
  if (!answer.ok) {
    throw new Error(`The server answered ${answer.status}`);
  }
  main.replaceChildren(...page(await answer.json()));
} catch (failure) {
  main.replaceChildren(element("p", { role: "alert" }, `The document cannot be shown: ${failure.message}`));
}
main.setAttribute("aria-busy", "false");

function page(api) {
  const channels = Object.entries(api.channels);
  return [
    element("p", {}, element("a", { href: "./" }, "Parley API"), " · ", element("a", { href: "asyncapi.yaml", download: "" }, "asyncapi.yaml")),
    element("h1", {}, api.info.title),
    ...prose(api.info.description),
    element("nav", { "aria-label": "Channels" }, ...channels.map(([id, channel]) => element("a", { href: `#${id}` }, channel.title))),
    ...channels.map(([id, channel]) => channelView(api, id, channel)),
  ];
}

function channelView(api, id, channel) {
  const operations = Object.values(api.operations).filter((operation) => operation.channel.$ref === `#/channels/${id}`);
  const server = channel.servers?.map((one) => api.servers[one.$ref.split("/").pop()])[0];
  return element(
    "section",
    { id },
    element("h2", {}, channel.title),
    element("p", { class: "address" }, `${server?.protocol ?? ""} ${channel.address}`),
    ...prose(channel.description),
    ...group("From the client", operations.filter((operation) => operation.action === "receive"), (operation) => asked(api, operation)),
    ...group("From the platform", operations.filter((operation) => operation.action === "send"), (operation) =>
      messagesOf(api, operation, channel).map((message) => messageView(api, message)),
    ),
  );
}

function group(title, operations, views) {
  return operations.length === 0 ? [] : [element("h3", {}, title), ...operations.flatMap(views)];
}

/** What a client sends, and how it is answered. */
function asked(api, operation) {
  const [message] = operation.messages.map((reference) => resolve(api, reference));
  const replies = (operation.reply?.messages ?? []).map((reference) => resolve(api, reference));
  return [
    messageView(
      api,
      { ...message, summary: operation.title, description: operation.description ?? message.summary },
      replies.map((reply) =>
        element("div", { class: "reply" }, element("h4", {}, `Answer: ${reply.summary}`), ...prose(reply.description), schemaView(api, reply.payload)),
      ),
    ),
  ];
}

function messagesOf(api, operation, channel) {
  return (operation.messages ?? Object.values(channel.messages)).map((reference) => resolve(api, reference));
}

function messageView(api, message, answers = []) {
  return element(
    "details",
    { class: "message", id: message.name },
    element("summary", {}, element("code", {}, message.name), " ", message.summary ?? ""),
    ...prose(message.description),
    schemaView(api, message.payload),
    ...(message.examples ?? []).map((example) => element("pre", {}, JSON.stringify(example.payload, null, 2))),
    ...answers,
  );
}

function resolve(api, value) {
  return value.$ref ? resolve(api, value.$ref.slice(2).split("/").reduce((node, step) => node[step], api)) : value;
}
