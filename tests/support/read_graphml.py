"""Prints as JSON what networkx reads from a GraphML file: python3 read_graphml.py FILE"""

import json
import sys

import networkx

graph = networkx.read_graphml(sys.argv[1])
print(json.dumps({
    "directed": graph.is_directed(),
    "graph": graph.graph,
    "nodes": [{"id": node, **data} for node, data in graph.nodes(data=True)],
    "edges": [{"source": source, "target": target, **data}
              for source, target, data in graph.edges(data=True)],
}))
