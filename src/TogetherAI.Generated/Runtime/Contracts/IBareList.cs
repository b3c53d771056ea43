namespace TogetherAI.Runtime.Contracts;

/// <summary>A response that the document describes as a bare array, and that may also come as an object with the array in it; generated.</summary>
internal interface IBareList
{
    /// <summary>Whether it came as an object, and is written as one.</summary>
    bool IsObject { get; set; }

    /// <summary>The list, of <see cref="ListType"/>; null where there is none.</summary>
    object? List { get; set; }

    Type ListType { get; }

    /// <summary>The name of the field that an object has the list in.</summary>
    string FieldName { get; }
}
