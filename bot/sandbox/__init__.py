"""The sandbox: the whole product on made-up data, in a page on this machine."""
