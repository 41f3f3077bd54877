"""使用编制: one numbered ticket a post, from the decision until a person sits on it."""
