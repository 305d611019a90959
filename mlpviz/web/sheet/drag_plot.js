// A plot in which dragging sets numbers. While one drags, answers come for the numbers of a moment ago, and have other
// ends of the axes: they wait until the drag is over, so that a place of the plot keeps its number under the pointer.

export class DragPlot {
  // element: where one drags, if anywhere; begin(): a drag begins; follow(across, down): the pointer's place, 0 to 1
  // from the upper left corner, also outside; end(); paint(answer)
  constructor(element, { begin = () => {}, follow, end = () => {}, paint }) {
    this.paint = paint;
    this.shown = null;
    this.newest = null;
    this.box = null; // while one drags
    const go = ({ clientX, clientY }) => {
      const { left, top, width, height } = this.box;
      follow((clientX - left) / width, (clientY - top) / height);
    };
    if (!element) return;
    element.addEventListener("pointerdown", (event) => {
      element.setPointerCapture(event.pointerId);
      // what the drag changes above the plot may move it: the pointer's way stays that on the screen
      this.box = element.getBoundingClientRect();
      begin();
      go(event);
    });
    element.addEventListener("pointermove", (event) => {
      if (event.buttons && this.box) go(event);
    });
    // after the pointer is lifted, and also where the browser takes it away
    element.addEventListener("lostpointercapture", () => {
      this.box = null;
      end();
      this.show(this.newest);
    });
  }

  show(answer) {
    if (!answer) return;
    this.newest = answer;
    if (this.box || this.shown === answer) return;
    this.shown = answer;
    this.paint(answer);
  }
}
