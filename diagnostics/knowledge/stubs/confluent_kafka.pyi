class Producer:
    def flush(self, timeout=...): ...  #: blocks AIO204; instead aiokafka.AIOKafkaProducer
    def __enter__(self): ...
class Consumer:
    def poll(self, timeout=...): ...  #: blocks AIO204; unless timeout=0, timeout=0.0; instead aiokafka.AIOKafkaConsumer
    def consume(self, num_messages=1, timeout=...): ...  #: blocks AIO204; unless timeout=0, timeout=0.0; instead aiokafka.AIOKafkaConsumer
    def close(self): ...  #: blocks AIO204; instead aiokafka.AIOKafkaConsumer
    def __enter__(self): ...
