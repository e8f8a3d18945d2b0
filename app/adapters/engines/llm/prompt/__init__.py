"""What a model is told: rules, the scene, the content as data, and last the person."""
