"""Asks a server by Triton's own client: URL MODEL PIXELS, a file of 784 bytes an image.

Prints the outputs of all images in hexadecimal, as they came: little-endian singles.
"""
import sys

import numpy
import tritonclient.http as triton

url, model, file = sys.argv[1:]
images = numpy.fromfile(file, dtype=numpy.uint8).reshape(-1, 784)
client = triton.InferenceServerClient(url)

assert client.is_server_live()
assert client.is_server_ready()
assert client.is_model_ready(model)
assert client.is_model_ready(model, "1")
assert not client.is_model_ready("nothing")
assert "binary_tensor_data" in client.get_server_metadata()["extensions"]
assert client.get_model_metadata(model)["inputs"][0]["name"] == "pixels"
assert client.get_model_config(model)["max_batch_size"] == 10000
assert model in [one["name"] for one in client.get_model_repository_index()]


def infer(datatype, data, binary, **more):
    tensor = triton.InferInput("pixels", list(data.shape), datatype)
    tensor.set_data_from_numpy(data, binary_data=binary)
    return client.infer(model, [tensor], request_id="7", **more)


outputs = infer("UINT8", images, True).as_numpy("outputs")
singles = images.astype(numpy.float32) / numpy.float32(255)
for datatype, data in (("UINT8", images), ("FP32", singles)):
    for binary in (True, False):
        for packed in (None, "gzip", "deflate"):
            for wanted in (
                None,
                [triton.InferRequestedOutput(name, binary_data=binary) for name in ("digit", "outputs")],
            ):
                result = infer(
                    datatype,
                    data.reshape(-1, 28, 28),
                    binary,
                    outputs=wanted,
                    request_compression_algorithm=packed,
                    response_compression_algorithm=packed,
                )
                assert result.get_response()["id"] == "7"
                assert (result.as_numpy("outputs") == outputs).all()
                assert (result.as_numpy("digit") == outputs.argmax(1)).all()

stats = client.get_inference_statistics(model)["model_stats"][0]
assert stats["inference_stats"]["success"]["count"] == 25
assert stats["inference_count"] == 25 * len(images)

try:
    infer("FP32", singles[:, :783].copy(), True)
    raise AssertionError("a wrong shape was taken")
except triton.InferenceServerException as refusal:
    assert "must be [n,784]" in refusal.message()

print(outputs.astype("<f4").tobytes().hex())
