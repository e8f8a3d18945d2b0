"""How a model is called: two SDKs behind one door, with patience, places, a breaker and a purse."""
