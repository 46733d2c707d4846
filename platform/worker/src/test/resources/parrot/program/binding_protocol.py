"""The binding protocol, version 1, with nothing but Python's standard library."""

import hmac
import json
import os
import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue

METHODS = (
    "install uninstall start stop settingsUpdated health listModels availableModels loadedModels "
    "buildModel destroyModel pullModel deleteModel generate embed tokenize detokenize countTokens "
    "execute"
).split()


class BindingError(Exception):
    """An error with one of the contract's codes; `more` are the other fields of the wire form."""

    def __init__(self, code, message, **more):
        super().__init__(message)
        self.fields = dict(code=code, message=message, **more)


class Call:
    """One call: its id, whether the host still wants it, and the way to send lines before the last."""

    def __init__(self, id, server, send):
        self.id = id
        self.cancelled = threading.Event()
        self._server = server
        self._send = send
        self._blobs = 0

    def operation(self, type, text=None, **more):
        """Sends an operation; says whether more is wanted."""
        fields = dict(type=type, **more)
        if text is not None:
            fields["text"] = text
        self._send({"operation": fields})
        return not self.cancelled.is_set()

    def progress(self, status, completed, total):
        self._send({"progress": {"status": status, "completed": completed, "total": total}})

    def blob(self, reference):
        """The bytes of a blob that the request names."""
        return self._server.blobs[reference["id"]]

    def answer_with(self, media_type, data):
        """A blob of the answer, as a reference to it."""
        self._blobs += 1
        id = "%s.a%d" % (self.id, self._blobs)
        self._server.blobs[id] = data
        return {"id": id, "mediaType": media_type, "length": len(data)}


class Host:
    """What the binding tells its host, and asks of it."""

    def __init__(self):
        self.events = Queue()
        self._replies = {}
        self._numbers = iter(range(1, sys.maxsize))

    def log(self, level, message):
        self.events.put({"event": "log", "level": level, "message": message})

    def notify(self, level, message):
        self.events.put({"event": "notification", "level": level, "message": message})

    def ask(self, method, arguments):
        """Asks the host, and waits for its last reply."""
        id = "r%d" % next(self._numbers)
        replies = self._replies[id] = Queue()
        self.events.put({"event": "request", "id": id, "method": method, "arguments": arguments})
        try:
            reply = replies.get()
        finally:
            del self._replies[id]
        if reply.get("error"):
            raise BindingError(**reply["error"])
        return reply.get("result")

    def hear(self, id, reply):
        """A reply of the host; says whether more is wanted."""
        is_last = "result" in reply or "error" in reply
        if is_last and id in self._replies:
            self._replies[id].put(reply)
        return not is_last and id in self._replies


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, binding, host, secret):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.binding = binding
        self.host = host
        self.authorization = "Bearer " + secret
        self.blobs = {}
        self.calls = {}
        self.cancelled_early = set()
        self.lock = threading.Lock()

    def begin(self, call):
        with self.lock:
            self.calls[call.id] = call
            if call.id in self.cancelled_early:
                self.cancelled_early.discard(call.id)
                call.cancelled.set()

    def cancel(self, id):
        with self.lock:
            call = self.calls.get(id)
            if call:
                call.cancelled.set()
            else:
                self.cancelled_early.add(id)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def handle_request(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        given = self.headers.get("Authorization") or ""
        if not hmac.compare_digest(given.encode(), self.server.authorization.encode()):
            return self._refuse(401, "the secret is missing or wrong")
        parts = self.path.strip("/").split("/")
        if parts[0] != "v1" or len(parts) < 2:
            return self._refuse(404, "there is no " + self.path)
        try:
            self._route(parts[1:], body)
        except (KeyError, ValueError) as e:
            self._refuse(400, "%s: %s" % (type(e).__name__, e))

    do_GET = do_POST = do_PUT = do_DELETE = handle_request

    def _route(self, parts, body):
        match [self.command, *parts]:
            case ["POST", "calls", id]:
                self._call(id, json.loads(body))
            case ["POST", "calls", id, "cancel"]:
                self.server.cancel(id)
                self._nothing()
            case ["DELETE", "calls", id]:
                for blob in [b for b in self.server.blobs if b.startswith(id + ".")]:
                    self.server.blobs.pop(blob, None)
                self._nothing()
            case ["PUT", "blobs", id]:
                self.server.blobs[id] = body
                self._nothing()
            case ["GET", "blobs", id]:
                self._send(200, "application/octet-stream", self.server.blobs[id])
            case ["GET", "events"]:
                self._events()
            case ["POST", "replies", id]:
                more = self.server.host.hear(id, json.loads(body))
                self._send(200, "application/json", _line({"continue": more}))
            case _:
                self._refuse(404, "there is no " + self.path)

    def _call(self, id, message):
        call = Call(id, self.server, self._write_line)
        self._begin_lines()
        self.server.begin(call)
        try:
            method = getattr(self.server.binding, message["method"])
            self._write_line({"result": method(message.get("arguments") or {}, call)})
        except BindingError as e:
            self._write_line({"error": e.fields})
        except ConnectionError:
            raise
        except Exception as e:
            self.server.host.log("ERROR", "%s failed: %r" % (message.get("method"), e))
            self._write_line({"error": {"code": "INTERNAL", "message": repr(e)}})
        finally:
            self.server.calls.pop(id, None)
        self.wfile.write(b"0\r\n\r\n")

    def _events(self):
        self._begin_lines()
        while True:
            self._write_line(self.server.host.events.get())

    def _begin_lines(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _write_line(self, value):
        line = _line(value)
        self.wfile.write(b"%x\r\n%s\r\n" % (len(line), line))

    def _nothing(self):
        self.send_response(204)
        self.end_headers()

    def _refuse(self, status, message):
        error = {"error": {"code": "INVALID_REQUEST", "message": message}}
        self._send(status, "application/json", _line(error))

    def _send(self, status, media_type, body):
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        """Requests are not worth a line each."""


def _line(value):
    # ASCII only, as json.dumps does by itself: texts may hold lone surrogates.
    return json.dumps(value).encode("ascii") + b"\n"


def serve(make_binding):
    """Greets the host, serves it, and ends when standard input ends, with all that was started."""
    greeting = json.loads(sys.stdin.buffer.readline())
    if greeting["protocol"] != 1:
        sys.exit("this program speaks version 1 of the binding protocol, not %r" % greeting["protocol"])
    os.setsid()
    host = Host()
    binding = make_binding(host)
    server = _Server(binding, host, greeting["secret"])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    handshake = {
        "protocol": 1,
        "port": server.server_address[1],
        "methods": [name for name in METHODS if hasattr(binding, name)],
        "processGroup": True,
    }
    sys.stdout.buffer.write(_line(handshake))
    sys.stdout.buffer.flush()
    sys.stdout.reconfigure(line_buffering=True)
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGKILL)
