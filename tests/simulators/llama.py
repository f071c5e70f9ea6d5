"""A real server program with constrained decoding: llama.cpp's, with a model of random weights.

The model is written here, a few tensors of random numbers and a vocabulary of bytes, into
a file of some 140 kilobytes. What it says means nothing; that it says it in the form asked
for is the grammar's doing, which is what the tests are about. The server runs in a process
of its own, so that its threads and its log end with it.

    python tests/simulators/llama.py MODEL.gguf PORT
"""

import random
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_U32, _I32, _F32, _TEXT, _LIST = 4, 5, 6, 8, 9
_FORMATS = {_U32: "<I", _I32: "<i", _F32: "<f"}
_WIDTH, _INNER, _HEADS = 32, 64, 2


def _text(value: str) -> bytes:
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def _value(kind: int, value: object) -> bytes:
    return _text(str(value)) if kind == _TEXT else struct.pack(_FORMATS[kind], value)


def _entry(name: str, kind: int, value: object) -> bytes:
    return _text(name) + struct.pack("<I", kind) + _value(kind, value)


def _entries(name: str, kind: int, values: Sequence[object]) -> bytes:
    head = _text(name) + struct.pack("<IIQ", _LIST, kind, len(values))
    return head + b"".join(_value(kind, value) for value in values)


def _liking(token: str) -> float:
    """Return how a token is liked whatever stands before it: a random model finds no end."""
    likings = {'"': 1.5, "}": 1.5, ",": 1.2, "{": 1.4, "]": 1.0}
    return likings.get(token, -0.5 if token.startswith("<0x") else 0.0)


def write_model(path: Path, seed: int = 1) -> None:
    """Write a model of one layer with random weights in GGUF, version 3."""
    chance = random.Random(seed)
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), "\u2581"]
    tokens += [chr(code) for code in range(33, 127)]
    kinds = [2, 3, 3, *[6] * 256, *[1] * 95]  # unknown, control, bytes, plain
    chat = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant: "
    entries = [
        _entry("general.architecture", _TEXT, "llama"),
        _entry("general.name", _TEXT, "tiny"),
        _entry("llama.context_length", _U32, 65536),
        _entry("llama.embedding_length", _U32, _WIDTH),
        _entry("llama.block_count", _U32, 1),
        _entry("llama.feed_forward_length", _U32, _INNER),
        _entry("llama.attention.head_count", _U32, _HEADS),
        _entry("llama.attention.head_count_kv", _U32, _HEADS),
        _entry("llama.rope.dimension_count", _U32, _WIDTH // _HEADS),
        _entry("llama.attention.layer_norm_rms_epsilon", _F32, 1e-5),
        _entry("llama.vocab_size", _U32, len(tokens)),
        _entry("tokenizer.ggml.model", _TEXT, "llama"),
        _entries("tokenizer.ggml.tokens", _TEXT, tokens),
        _entries("tokenizer.ggml.scores", _F32, [0.0] * len(tokens)),
        _entries("tokenizer.ggml.token_type", _I32, kinds),
        _entry("tokenizer.ggml.bos_token_id", _U32, 1),
        _entry("tokenizer.ggml.eos_token_id", _U32, 2),
        _entry("tokenizer.ggml.unknown_token_id", _U32, 0),
        _entry("tokenizer.chat_template", _TEXT, chat),
    ]
    square, wide = (_WIDTH, _WIDTH), (_WIDTH, len(tokens))
    tensors: list[tuple[str, tuple[int, ...]]] = [
        ("token_embd.weight", wide),
        ("output_norm.weight", (_WIDTH,)),
        ("output.weight", wide),
        ("blk.0.attn_norm.weight", (_WIDTH,)),
        *((f"blk.0.attn_{which}.weight", square) for which in ("q", "k", "v", "output")),
        ("blk.0.ffn_norm.weight", (_WIDTH,)),
        ("blk.0.ffn_gate.weight", (_WIDTH, _INNER)),
        ("blk.0.ffn_up.weight", (_WIDTH, _INNER)),
        ("blk.0.ffn_down.weight", (_INNER, _WIDTH)),
    ]
    infos, data = b"", b""
    for name, shape in tensors:
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        data += bytes(-len(data) % 32)
        infos += (
            _text(name) + struct.pack("<I", len(shape)) + struct.pack(f"<{len(shape)}Q", *shape)
        )
        infos += struct.pack("<IQ", 0, len(data))
        weights = [1.0 if "norm" in name else chance.gauss(0, 0.3) for _ in range(count)]
        if name in ("token_embd.weight", "output.weight"):
            weights[::_WIDTH] = [3.0 if "embd" in name else _liking(token) for token in tokens]
        data += struct.pack(f"<{count}f", *weights)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(entries))
    head += b"".join(entries) + infos
    path.write_bytes(head + bytes(-len(head) % 32) + data)


def run(model: Path, port: int) -> None:
    """Serve ``model`` until standard input is closed."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.n_ctx, params.n_parallel = 32768, 2
    params.cpuparams.n_threads = 2
    params.sampling.seed = 7
    params.hostnames, params.port = ["127.0.0.1"], port
    params.warmup, params.use_jinja = False, True
    server = xllamacpp.Server(params)
    sys.stdin.read()
    del server


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Run the server and give its address, up to and with ``/v1``."""
    write_model(folder / "tiny.gguf")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, __file__, str(folder / "tiny.gguf"), str(port)]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log)
    try:
        _wait(process, port, folder / "server.log")
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.kill()
        process.communicate()


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text("utf-8", "replace")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(log.read_text("utf-8", "replace"))


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]))
