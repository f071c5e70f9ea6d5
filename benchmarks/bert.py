"""A token classifier of BERT-base's shape, as a peer to time the rules reader against.

The weights are random: they serve for speed alone. Twelve layers of 768 with twelve
heads (Devlin et al. 2019, section 3), nine labels, written as an ONNX graph and its
matrices quantized to 8-bit integers, which is how such taggers are run without an
accelerator. Words are cut by a WordPiece vocabulary trained on the very texts, so that
they fall into few pieces: kinder to the peer than a general vocabulary is.
"""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import quantize_dynamic
from tokenizers.implementations import BertWordPieceTokenizer

LAYERS, WIDTH, HEADS, INNER, LABELS, WINDOW = 12, 768, 12, 3072, 9, 512
VOCABULARY = 30_000
BATCH = 4


class Graph:
    """An ONNX graph that grows node by node, with seeded random weights."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.chance = np.random.default_rng(1)

    def add(self, operator: str, *inputs: str, **attributes: object) -> str:
        """Append one node and return the name of its output."""
        name = f"{operator}{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], **attributes))
        return name

    def constant(self, array: np.ndarray) -> str:
        """Append a weight and return its name."""
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(array, name))
        return name

    def random(self, *shape: int) -> str:
        """Append a weight of small random numbers and return its name."""
        return self.constant(self.chance.normal(0, 0.02, shape).astype(np.float32))

    def linear(self, given: str, size: int, into: int) -> str:
        """Append a dense layer."""
        return self.add(
            "Add", self.add("MatMul", given, self.random(size, into)), self.random(into)
        )

    def norm(self, given: str) -> str:
        """Append a layer normalisation."""
        scale = self.constant(np.ones(WIDTH, np.float32))
        return self.add("LayerNormalization", given, scale, self.random(WIDTH), axis=-1)

    def heads(self, given: str, order: list[int]) -> str:
        """Split the width into heads and bring them into ``order``."""
        shape = self.constant(np.array([0, 0, HEADS, WIDTH // HEADS], np.int64))
        return self.add("Transpose", self.add("Reshape", given, shape), perm=order)

    def layer(self, given: str) -> str:
        """Append one transformer layer: attention, then the inner network."""
        query, key, value = (self.linear(given, WIDTH, WIDTH) for _ in range(3))
        scores = self.add("MatMul", self.heads(query, [0, 2, 1, 3]), self.heads(key, [0, 2, 3, 1]))
        root = self.constant(np.array((WIDTH // HEADS) ** 0.5, np.float32))
        weights = self.add("Softmax", self.add("Div", scores, root), axis=-1)
        mixed = self.add("MatMul", weights, self.heads(value, [0, 2, 1, 3]))
        flat = self.constant(np.array([0, 0, WIDTH], np.int64))
        joined = self.add("Reshape", self.add("Transpose", mixed, perm=[0, 2, 1, 3]), flat)
        given = self.norm(self.add("Add", given, self.linear(joined, WIDTH, WIDTH)))
        inner = self.linear(given, WIDTH, INNER)
        gelu = self.add("Gelu", inner)
        return self.norm(self.add("Add", given, self.linear(gelu, INNER, WIDTH)))


def write(path: Path) -> None:
    """Write the classifier to ``path``, its matrices as 8-bit integers."""
    graph = Graph()
    hidden = graph.add("Gather", graph.random(VOCABULARY, WIDTH), "ids")
    hidden = graph.norm(graph.add("Add", hidden, graph.random(WINDOW, WIDTH)))
    for _ in range(LAYERS):
        hidden = graph.layer(hidden)
    labels = graph.linear(hidden, WIDTH, LABELS)
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "tagger",
            [helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", WINDOW])],
            [helper.make_tensor_value_info(labels, TensorProto.FLOAT, None)],
            graph.weights,
        ),
        opset_imports=[helper.make_opsetid("", 20)],
        ir_version=10,  # what every onnxruntime of the last years reads
    )
    whole = path.with_suffix(".float.onnx")
    onnx.save(model, str(whole))
    quantize_dynamic(whole, path)
    whole.unlink()


class Tagger:
    """The classifier on so many threads; `tag` returns how many windows it labelled."""

    def __init__(self, path: Path, texts: list[str], threads: int) -> None:
        """Load the network, and train the vocabulary on ``texts``."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        self.session = onnxruntime.InferenceSession(path, options)
        self.pieces = BertWordPieceTokenizer(strip_accents=False)
        self.pieces.train_from_iterator(texts, vocab_size=VOCABULARY, show_progress=False)

    def tag(self, text: str) -> int:
        """Label the pieces of ``text``, window by window."""
        ids = self.pieces.encode(text).ids
        ids += [0] * (-len(ids) % WINDOW)
        windows = np.array(ids, np.int64).reshape(-1, WINDOW)
        for at in range(0, len(windows), BATCH):
            self.session.run(None, {"ids": windows[at : at + BATCH]})
        return len(windows)
