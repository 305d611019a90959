// A socket of our own to Python: a request goes and its answer comes without a run of the script and without React,
// which cost ten times what an edit costs. Where there is none (a proxy that knows only Streamlit, a server that went
// away), send() says so, and the request goes as an event of the component.

export class Socket {
  // onAnswer(answer), onLost()
  constructor({ onAnswer, onLost }) {
    this.onAnswer = onAnswer;
    this.onLost = onLost;
    this.token = null; // of the socket that is open, or that was tried in vain
    this.socket = null;
    this.isOpen = false;
  }

  // each answer that comes through Streamlit says where it is; a new server gives another token
  connect({ path, token }) {
    if (token === this.token) return;
    this.close();
    this.token = token;
    const url = new URL(path, window.location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    let hasAnswered = false;
    socket.onopen = () => {
      socket.send(token);
      this.isOpen = true;
    };
    socket.onmessage = ({ data }) => {
      hasAnswered = true;
      this.onAnswer(JSON.parse(data));
    };
    socket.onclose = () => {
      this.isOpen = false;
      // one that worked is tried again with the next answer
      if (hasAnswered) this.token = null;
      this.onLost();
    };
    this.socket = socket;
  }

  send(request) {
    if (this.isOpen) this.socket.send(JSON.stringify(request));
    return this.isOpen;
  }

  close() {
    if (!this.socket) return;
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
    this.socket = null;
    this.isOpen = false;
  }
}
