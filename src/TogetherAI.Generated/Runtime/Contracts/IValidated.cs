namespace TogetherAI.Runtime.Contracts;

/// <summary>An object with limits that the document states; generated.</summary>
internal interface IValidated
{
    /// <summary>Checks the limits.</summary>
    /// <param name="path">Where the object stands, as the caller would write it.</param>
    /// <exception cref="ArgumentException">A value is missing or out of bounds.</exception>
    void Validate(string path);
}
