import { h } from '../dom.js';

/** Takes files that are dropped on an element, and shows over it that it would; what else is dragged is none of its business. */
export function dropTarget(element, { mayTake, take }) {
  const sign = h('div', { class: 'drop-sign', 'aria-hidden': 'true', 'data-testid': 'drop-sign', hidden: true }, h('p', {}, 'Drop files here'));
  let depth = 0; // each child that is entered and left tells so
  const isFiles = ({ dataTransfer }) => dataTransfer?.types.includes('Files') && mayTake();
  const end = () => {
    depth = 0;
    sign.hidden = true;
  };
  element.append(sign);
  element.addEventListener('dragenter', (event) => {
    if (!isFiles(event)) return;
    depth++;
    sign.hidden = false;
  });
  element.addEventListener('dragleave', (event) => isFiles(event) && --depth <= 0 && end());
  element.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault(); // else the page would make way for the file
    if (isFiles(event)) event.dataTransfer.dropEffect = 'copy';
  });
  element.addEventListener('drop', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    end();
    if (mayTake()) take([...event.dataTransfer.files]);
  });
}
