import { confirmDialog } from './confirm.js';
import { openMenu } from './menu.js';
import { receiptsDialog } from './receipts.js';

const SYMBOLS = ['👍', '❤️', '😂', '😮', '😢', '🙏', '🎉', '👀'];

/** Everything that can be done with a message. */
export function messageMenu(anchor, message, chat, store) {
  const { actions } = chat;
  const isOwn = message.senderId === store.me.id;
  const mayWrite = store.active?.isActive !== false;
  const item = (label, icon, testId, act, more) => ({ label, icon, testId, act, ...more });
  const isDeleted = message.status === 'deleted';
  const items = isDeleted ? [] : [
    mayWrite && item('Reply', 'reply', 'reply', () => actions.reply(message)),
    mayWrite && actions.mayEdit(message) && item('Edit', 'compose', 'edit', () => actions.beginEdit(message)),
    message.content?.text && item('Copy text', 'copy', 'copy', () => actions.copy(message)),
    mayWrite && item(message.isPinned ? 'Unpin' : 'Pin', 'pin', 'pin', () => actions.pin(message)),
    item(message.isStarred ? 'Remove star' : 'Star', 'star', 'star', () => actions.star(message)),
    isOwn && item('Read by…', 'eye', 'read-by', () => receiptsDialog(message, chat)),
  ];
  items.push(item('Delete for me', 'trash', 'delete-for-me', () =>
    confirmDialog('Delete for me', 'It goes from your devices. Everybody else keeps it.', 'Delete', () => actions.deleteForMe(message))));
  if (!isDeleted && mayWrite && actions.mayDeleteForAll(message)) {
    items.push(item('Delete for everyone', 'trash', 'delete', () =>
      confirmDialog('Delete for everyone', 'Nobody will be able to read it any more.', 'Delete', () => actions.deleteForAll(message)), { isDanger: true }));
  }
  openMenu(anchor, items.filter(Boolean), {
    label: 'Message', symbols: isDeleted || !mayWrite ? [] : SYMBOLS, onSymbol: (symbol) => actions.react(message, symbol),
  });
}

export function reactionMenu(anchor, message, chat) {
  openMenu(anchor, [], { label: 'React', symbols: SYMBOLS, onSymbol: (symbol) => chat.actions.react(message, symbol) });
}
