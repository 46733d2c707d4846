"""A binding that says what it hears, or does what it is told."""

import base64
import os
import struct
import subprocess

from binding_protocol import BindingError, serve

CHUNK, TOOL_CALL, REASONING, MEDIA, USAGE = 0, 20, 21, 22, 23


class Parrot:
    def __init__(self, host):
        self.host = host
        self.greeting = ""

    def start(self, setup, call):
        self.greeting = self.greeting_of(setup["config"])
        if self.greeting == "refuse":
            raise BindingError("NOT_CONFIGURED", "this parrot wants another greeting")
        print("printed by the parrot")
        self.host.log("INFO", "logged by the parrot")
        self.host.notify("success", "the parrot is awake as " + setup["instance"])

    def stop(self, arguments, call):
        pass

    @staticmethod
    def greeting_of(config):
        entries = {entry["name"]: entry.get("value") for entry in config["template"]}
        return config.get("values", {}).get("greeting", entries.get("greeting"))

    def settingsUpdated(self, arguments, call):
        greeting = self.greeting_of(arguments["config"])
        if greeting in ("fresh", "refuse"):
            return False  # nothing has changed; the host starts a fresh child with it
        self.greeting = greeting
        return True

    def health(self, arguments, call):
        sick = self.greeting == "cough"
        return {"status": "DEGRADED" if sick else "UP", "reason": "a cold" if sick else ""}

    def listModels(self, arguments, call):
        return ["grey", "green"]

    def availableModels(self, arguments, call):
        return [
            {"name": "grey", "installed": True, "contextLength": 4096},
            {
                "name": "green",
                "installed": True,
                "capabilities": "chat stream images tools reasoning embeddings media_output".split(),
            },
        ]

    def generate(self, request, call):
        heard, media = self.heard(request["input"], call)
        call.most = request.get("maxTokens")
        order, _, rest = heard.partition(" ")
        tricks = {
            "wait": self.wait, "refuse": self.refuse, "think": self.think, "tool": self.tool,
            "ask": self.ask, "crash": lambda *_: os._exit(7), "fail": lambda *_: 1 / 0,
            "spawn": self.spawn, "eat": self.eat, "secret": lambda *_: self.result(str(sorted(os.environ))),
        }
        if media is not None:
            return self.turn_round(media, call)
        return tricks.get(order, self.repeat)(rest if order in tricks else heard, call)

    def heard(self, input, call):
        if input["kind"] == "prompt":
            return input["text"], None
        parts = input["messages"][-1]["parts"]
        text = "".join(part["text"] for part in parts if part["kind"] == "text")
        blobs = [call.blob(part["blob"]) for part in parts if part["kind"] == "media"]
        return text, blobs[0] if blobs else None

    def repeat(self, heard, call):
        said = ""
        words = (self.greeting + " " + heard).split(" ")
        allowed = words[: call.most]
        for word in allowed:
            piece = word if not said else " " + word
            said += piece
            if not call.operation(CHUNK, piece):
                return self.result(said, finish="cancelled")
        usage = {"inputTokens": len(heard.split(" ")), "outputTokens": len(allowed)}
        call.operation(USAGE, usage=usage)
        finish = "stop" if len(allowed) == len(words) else "length"
        return self.result(said, finish=finish, usage=usage)

    def wait(self, rest, call):
        self.host.notify("info", "the parrot waits")
        call.cancelled.wait()
        self.host.notify("info", "the parrot was cancelled")
        raise BindingError("CANCELLED", "cancelled")

    def refuse(self, rest, call):
        raise BindingError(
            "RATE_LIMITED", rest, retryAfterNanos=2_000_000_000, upstreamStatus=429
        )

    def think(self, rest, call):
        thought = {"kind": "reasoning", "text": "hm"}
        call.operation(REASONING, "hm", reasoning=thought)
        call.operation(CHUNK, rest)
        return {"candidates": [{"parts": [thought, text(rest)], "finishReason": "stop"}]}

    def tool(self, rest, call):
        call.operation(TOOL_CALL, toolCall={
            "index": 0, "id": "t1", "name": rest, "argumentsFragment": "{}"})
        part = {"kind": "tool_call", "id": "t1", "name": rest, "arguments": "{}"}
        return {"candidates": [{"parts": [part], "finishReason": "tool_calls"}]}

    def ask(self, rest, call):
        models = self.host.ask("models.names", {})
        try:
            self.host.ask(rest, {})
        except BindingError as e:
            call.operation(CHUNK, "%d models; %s" % (len(models), e))
            return self.result("%d models; %s" % (len(models), e))

    def spawn(self, rest, call):
        pid = str(subprocess.Popen(["sleep", "1000"]).pid)
        call.operation(CHUNK, pid)
        return self.result(pid)

    def eat(self, megabytes, call):
        return self.result("ate %d" % len(bytearray(int(megabytes) << 20)))

    def turn_round(self, image, call):
        part = {"kind": "media", "blob": call.answer_with("image/png", image[::-1])}
        call.operation(MEDIA, media=part)
        return {"candidates": [{"parts": [part], "finishReason": "stop"}]}

    def embed(self, request, call):
        vectors = [struct.pack("<2f", len(i["text"]), -0.5) for i in request["inputs"]]
        return {
            "vectors": [base64.b64encode(vector).decode() for vector in vectors],
            "usage": {"inputTokens": len(vectors)},
        }

    def tokenize(self, arguments, call):
        return [ord(letter) for letter in arguments["text"]]

    def detokenize(self, arguments, call):
        return "".join(chr(token) for token in arguments["tokens"])

    def countTokens(self, request, call):
        return {"tokens": len(self.heard(request["input"], call)[0]), "exact": True}

    @staticmethod
    def result(said, finish="stop", **more):
        return {"candidates": [{"parts": [text(said)], "finishReason": finish}], **more}


def text(said):
    return {"kind": "text", "text": said}


if __name__ == "__main__":
    serve(Parrot)
